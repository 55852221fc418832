// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.training.augment.AugmentedCrop;
import io.stdcseg.training.augment.RandomCrop;
import io.stdcseg.training.augment.SampledAugmentation;
import io.stdcseg.training.augment.SegmentationAugmentation;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * Augmented pictures with a train id for each pixel, for segmentation.
 *
 * @param pictures to augment
 */
public record AugmentedSegmentationDataset(
        SegmentationDataset pictures, SegmentationAugmentation augmentation)
        implements AugmentedDataset {

    @Override
    public int size() {
        return pictures.size();
    }

    @Override
    public Path image(int index) {
        return pictures.image(index);
    }

    @Override
    public void write(int index, RandomGenerator random, TrainingBatch batch, int slot) {
        write(pictures.read(index), random, batch, slot);
    }

    void write(LabelledPicture picture, RandomGenerator random, TrainingBatch batch, int slot) {
        int rows = augmentation.rows();
        int columns = augmentation.columns();
        SampledAugmentation sampled = augmentation.draw(random);
        RandomCrop crop = RandomCrop.of(picture.width(), picture.height(), sampled, columns, rows);
        AugmentedCrop augmented =
                new AugmentedCrop(picture.picture(), sampled, crop, columns, rows);
        batch.setPixels(slot, augmented.pixels());
        batch.setLabels(slot, augmented.labels(picture.labels()));
    }
}
