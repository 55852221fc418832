// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.label.LabelNaming;

/**
 * Where the pictures and labels of a data set lie, as far as somebody says so.
 *
 * @param train what is learnt from
 * @param val what judges
 * @param naming of the labels
 */
public record DatasetLayout(Part train, Part val, LabelNaming naming) {

    /** Nothing is said: layouts that are usual are looked for. */
    public static final DatasetLayout USUAL =
            new DatasetLayout(Part.USUAL, Part.USUAL, LabelNaming.USUAL);

    /**
     * One part of the data set; paths are relative to it.
     *
     * @param images folder of the pictures; null if nothing is said
     * @param labels folder of the labels; null if nothing is said
     * @param list text file with a picture and its label in each line, or the picture's name alone;
     *     null for all pictures of the folder
     */
    public record Part(String images, String labels, String list) {

        /** Nothing is said. */
        public static final Part USUAL = new Part(null, null, null);
    }
}
