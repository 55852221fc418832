// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Data of a segmentation training: its own pictures, extra ones, and those for validation.
 *
 * @param training the data set's training split
 * @param extra more pictures to learn from, such as rendered ones; may be empty
 * @param unlabelled pictures that only a teacher knows something of; may be empty
 * @param validation the data set's validation split, which the network never learns from
 * @param layout where in the data set the training split was found, in words
 */
public record TrainingData(
        SegmentationDataset training,
        SegmentationDataset extra,
        SegmentationDataset unlabelled,
        SegmentationDataset validation,
        String layout) {

    /**
     * Finds the pictures of a data set: where the layout says, else where they usually are, such as
     * {@code {train,val}/{images,labels}}, or {@code leftImg8bit/{train,val}} and {@code
     * gtFine/{train,val}} as Cityscapes is published. Decoded pictures are kept in up to a quarter
     * of the heap.
     *
     * @param extras folders with {@code images} and {@code labels}
     * @param unlabelled folders of pictures
     * @throws InputException if the folder has no such layout, or as {@link SegmentationDataset#of}
     */
    public static TrainingData of(
            Path data,
            List<Path> extras,
            List<Path> unlabelled,
            LabelSet labelSet,
            DatasetLayout layout) {
        PictureCache cache = PictureCache.ofHeap();
        DatasetSplit train = DatasetSplit.of(data, "train", layout.train());
        DatasetSplit val = DatasetSplit.of(data, "val", layout.val());
        SegmentationDataset training =
                SegmentationDataset.of(train, labelSet, layout.naming(), cache);
        SegmentationDataset validation =
                SegmentationDataset.of(val, labelSet, layout.naming(), cache);
        List<SegmentationDataset> extraSets = new ArrayList<>();
        for (Path extra : extras) {
            extraSets.add(
                    SegmentationDataset.of(
                            extra.resolve("images"), extra.resolve("labels"), labelSet, cache));
        }
        return new TrainingData(
                training,
                SegmentationDataset.joined(extraSets, cache),
                SegmentationDataset.unlabelled(unlabelled, cache),
                validation,
                train.describe(data));
    }
}
