// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.label.LabelNaming;

/**
 * Layout of a data set as a recipe gives it: where the pictures and labels of each split lie, as
 * far as it says so. {@link DatasetSplit} finds the folders.
 *
 * @param train the training split
 * @param val the validation split
 * @param naming of the labels
 */
public record DatasetLayout(Split train, Split val, LabelNaming naming) {

    /** Nothing is said: layouts that are usual are looked for. */
    public static final DatasetLayout USUAL =
            new DatasetLayout(Split.USUAL, Split.USUAL, LabelNaming.USUAL);

    /**
     * One split; paths are relative to the data set.
     *
     * @param images folder of the pictures; null if nothing is said
     * @param labels folder of the labels; null if nothing is said
     * @param list text file with a picture and its label in each line, or the picture's name alone;
     *     null for all pictures of the folder
     */
    public record Split(String images, String labels, String list) {

        /** Nothing is said. */
        public static final Split USUAL = new Split(null, null, null);
    }
}
