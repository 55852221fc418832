// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelledFolders;
import java.nio.file.Path;

/**
 * Split of a data set, training or validation: the folders and the list where it was found.
 *
 * @param images folder of the pictures
 * @param labels folder of the labels
 * @param list text file that names some of them; null for all
 */
record DatasetSplit(Path images, Path labels, Path list) {

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
        return LabelledFolders.usual(data, name)
                .map(found -> new DatasetSplit(found.images(), found.labels(), null))
                .orElseThrow(
                        () ->
                                new InputException(
                                        "data "
                                                + data
                                                + " has no folders of "
                                                + name
                                                + " pictures and labels; allowed are "
                                                + LabelledFolders.allowed(name)
                                                + ", or what a recipe says under data"));
    }

    private static Path below(Path data, String folder) {
        return folder == null ? data : data.resolve(folder);
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
