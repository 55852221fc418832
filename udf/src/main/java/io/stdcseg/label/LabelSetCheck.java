// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import io.stdcseg.error.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Check of label files against their label set: train ids that are read as label ids give wrong
 * classes, and no error.
 */
public final class LabelSetCheck {

    /** Of so many files of a folder it shows what kind of ids they hold. */
    private static final int SAMPLE = 8;

    private LabelSetCheck() {}

    /**
     * What speaks against the label set that a folder is read by.
     *
     * @return one line; null if nothing does
     */
    public static String warning(LabelFolder labels) {
        LabelSet labelSet = labels.labelSet();
        if (labelSet.holdsTrainIds()) {
            return null;
        }
        boolean[] seen = idsSeen(labels);
        boolean trainIdsOnly =
                IntStream.range(labelSet.size(), LabelSet.IGNORE).noneMatch(id -> seen[id]);
        if (!trainIdsOnly || !seen[LabelSet.IGNORE]) {
            return null;
        }
        return "labels "
                + labels.folder()
                + " hold 255 but no id above "
                + (labelSet.size() - 1)
                + ", as train ids do; label set "
                + labelSet.name()
                + " reads them as label ids"
                + (labelSet.name().equals("cityscapes")
                        ? "; --label-set cityscapes-trainids reads train ids"
                        : "");
    }

    /** The ids in some of the files, as stored. */
    private static boolean[] idsSeen(LabelFolder labels) {
        boolean[] seen = new boolean[256];
        List<Path> all =
                labels.files().stream()
                        .filter(file -> !LabelFolder.stem(file).endsWith(LabelNaming.TRAIN_IDS))
                        .toList();
        int step = Math.max(1, all.size() / SAMPLE);
        for (int i = 0; i < all.size(); i += step) {
            try {
                for (byte id : MaskFiles.read(all.get(i)).ids()) {
                    seen[id & 255] = true;
                }
            } catch (InputException e) {
                // Of colours, or refused when its picture comes.
            }
        }
        return seen;
    }
}
