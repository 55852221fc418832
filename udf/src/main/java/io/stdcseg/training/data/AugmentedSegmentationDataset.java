// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.training.augment.AugmentedCrop;
import io.stdcseg.training.augment.RandomCrop;
import io.stdcseg.training.augment.SampledAugmentation;
import io.stdcseg.training.augment.SampledVariation;
import io.stdcseg.training.augment.SegmentationAugmentation;
import io.stdcseg.training.augment.VariedCrop;
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
        SampledVariation variation = augmentation.drawVariation(random);
        RandomCrop crop = crop(picture, sampled, variation);
        VariedCrop varied = new VariedCrop(variation, rows, columns);
        AugmentedCrop augmented =
                new AugmentedCrop(picture.picture(), sampled, crop, columns, rows);
        batch.setPixels(slot, varied.pixels(augmented.pixels()));
        batch.setLabels(slot, varied.labels(augmented.labels(picture.labels())));
        if (batch.plainPixels() != null) {
            AugmentedCrop plain =
                    new AugmentedCrop(
                            picture.picture(), sampled.inOwnColours(), crop, columns, rows);
            batch.setPlainPixels(slot, varied.warped(plain.pixels()));
        }
    }

    private RandomCrop crop(
            LabelledPicture picture, SampledAugmentation sampled, SampledVariation variation) {
        int rows = augmentation.rows();
        int columns = augmentation.columns();
        int width = picture.width();
        RandomCrop crop = RandomCrop.of(width, picture.height(), sampled, columns, rows);
        int pixel =
                variation.rare()
                        ? ClassBalancedPixel.of(
                                picture.labels(), variation.classDraw(), variation.pixelDraw())
                        : -1;
        if (pixel < 0) {
            return crop;
        }
        double x = (pixel % width + 0.5) / width;
        double y = (pixel / width + 0.5) / picture.height();
        return crop.showing(sampled.flipped() ? 1 - x : x, y, columns, rows);
    }
}
