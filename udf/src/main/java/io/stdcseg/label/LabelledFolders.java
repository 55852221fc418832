// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Folders of pictures and of their labels, as data sets lay them out for a split: training,
 * validation, test.
 */
public record LabelledFolders(Path images, Path labels) {

    /** Folders of pictures and labels of which there may be some; * is the split's name. */
    private static final List<List<String>> USUAL =
            List.of(
                    List.of("*/images", "*/labels"),
                    List.of("leftImg8bit/*", "gtFine/*"),
                    List.of("images/*", "labels/*"),
                    List.of("images/*", "annotations/*"),
                    List.of("images/*", "masks/*"),
                    List.of("img_dir/*", "ann_dir/*"),
                    List.of("*/images", "*/masks"),
                    List.of("*", "*annot"));

    /**
     * The first usual layout of which both folders are there.
     *
     * @param data the data set's folder
     * @param split such as {@code train}
     */
    public static Optional<LabelledFolders> usual(Path data, String split) {
        return USUAL.stream()
                .map(
                        pair ->
                                new LabelledFolders(
                                        data.resolve(pair.get(0).replace("*", split)),
                                        data.resolve(pair.get(1).replace("*", split))))
                .filter(folders -> Files.isDirectory(folders.images))
                .filter(folders -> Files.isDirectory(folders.labels))
                .findFirst();
    }

    /** The usual layouts of a split in words: such as {@code train/images with train/labels}. */
    public static String allowed(String split) {
        return String.join(
                ", ",
                USUAL.stream()
                        .map(pair -> String.join(" with ", pair).replace("*", split))
                        .toList());
    }
}
