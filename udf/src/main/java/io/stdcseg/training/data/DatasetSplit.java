// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.error.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Split of a data set, training or validation: the folders and the list where it was found.
 *
 * @param images folder of the pictures
 * @param labels folder of the labels
 * @param list text file that names some of them; null for all
 */
record DatasetSplit(Path images, Path labels, Path list) {

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
     * Takes what is said, else looks for what is usual.
     *
     * @param name {@code train} or {@code val}
     * @throws InputException if there is no usual layout
     */
    static DatasetSplit of(Path data, String name, DatasetLayout.Split layout) {
        if (!layout.equals(DatasetLayout.Split.USUAL)) {
            return new DatasetSplit(
                    below(data, layout.images()),
                    below(data, layout.labels()),
                    layout.list() == null ? null : data.resolve(layout.list()));
        }
        return USUAL.stream()
                .map(pair -> usual(data, name, pair))
                .filter(split -> Files.isDirectory(split.images))
                .filter(split -> Files.isDirectory(split.labels))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InputException(
                                        "data "
                                                + data
                                                + " has no folders of "
                                                + name
                                                + " pictures and labels; allowed are "
                                                + allowed(name)
                                                + ", or what a recipe says under data"));
    }

    private static Path below(Path data, String folder) {
        return folder == null ? data : data.resolve(folder);
    }

    private static DatasetSplit usual(Path data, String name, List<String> pair) {
        return new DatasetSplit(
                data.resolve(pair.get(0).replace("*", name)),
                data.resolve(pair.get(1).replace("*", name)),
                null);
    }

    private static String allowed(String name) {
        return String.join(
                ", ",
                USUAL.stream()
                        .map(pair -> String.join(" with ", pair).replace("*", name))
                        .toList());
    }

    /** In words: such as {@code train/images with train/labels}. */
    String describe(Path data) {
        String folders = name(data, images) + " with " + name(data, labels);
        return list == null ? folders : name(data, list) + " of " + folders;
    }

    private static String name(Path data, Path path) {
        String name = path.startsWith(data) ? data.relativize(path).toString() : path.toString();
        return name.isEmpty() ? "." : name.replace('\\', '/');
    }
}
