// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.training.augment.Augmentation;
import io.stdcseg.training.augment.AugmentedCrop;
import io.stdcseg.training.augment.LabelledPicture;
import io.stdcseg.training.augment.RandomCrop;
import io.stdcseg.training.augment.SampledAugmentation;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * Pictures with a train id for each pixel, varied within the limits of an {@link Augmentation}.
 *
 * @param pictures to vary
 */
public record AugmentedSegmentationDataset(SegmentationDataset pictures, Augmentation augmentation)
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
        SampledAugmentation variation = SampledAugmentation.draw(augmentation, random);
        RandomCrop cut = RandomCrop.of(picture.width(), picture.height(), variation, columns, rows);
        AugmentedCrop varied = new AugmentedCrop(picture.picture(), variation, cut, columns, rows);
        batch.setPixels(slot, varied.pixels());
        batch.setLabels(slot, varied.labels(picture.labels()));
    }
}
