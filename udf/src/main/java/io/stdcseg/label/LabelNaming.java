// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import java.util.List;

/**
 * Naming of label files by the names of their pictures, both without endings.
 *
 * @param pictureSuffix end of a picture's name that its label's lacks; null for none
 * @param labelSuffix end of a label's name that its picture's lacks; null for none
 */
public record LabelNaming(String pictureSuffix, String labelSuffix) {

    /**
     * All that is usual: the same name, {@code _L} (CamVid) or {@code _mask} behind it, and that of
     * Cityscapes.
     */
    public static final LabelNaming USUAL = new LabelNaming(null, null);

    static final String LABEL_IDS = "_labelIds";
    static final String TRAIN_IDS = "_labelTrainIds";

    private static final String CITYSCAPES_PICTURE = "_leftImg8bit";
    private static final String CITYSCAPES_LABEL = "_gtFine";

    /**
     * How a picture's label may be called, the likeliest first.
     *
     * @param trainIds whether labels of train ids are wanted first, else those of label ids
     */
    List<String> of(String picture, boolean trainIds) {
        if (!equals(USUAL)) {
            return List.of(
                    without(picture, pictureSuffix) + (labelSuffix == null ? "" : labelSuffix));
        }
        if (picture.endsWith(CITYSCAPES_PICTURE)) {
            String label = without(picture, CITYSCAPES_PICTURE) + CITYSCAPES_LABEL;
            return trainIds
                    ? List.of(picture, label + TRAIN_IDS, label + LABEL_IDS)
                    : List.of(picture, label + LABEL_IDS, label + TRAIN_IDS);
        }
        return List.of(picture, picture + "_L", picture + "_mask");
    }

    private static String without(String name, String suffix) {
        return suffix != null && name.endsWith(suffix)
                ? name.substring(0, name.length() - suffix.length())
                : name;
    }
}
