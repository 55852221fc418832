// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * Pictures with a train id for each pixel, varied within the limits of an {@link Augmentation}.
 *
 * @param pictures to vary
 */
public record SegmentationExamples(PictureSet pictures, Augmentation augmentation)
        implements Examples {

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
        Variation variation = Variation.draw(augmentation, random);
        CutOut cut = CutOut.of(picture.width(), picture.height(), variation, columns, rows);
        VariedPicture varied = new VariedPicture(picture.picture(), variation, cut, columns, rows);
        batch.setPixels(slot, varied.pixels());
        batch.setLabels(slot, varied.labels(picture.labels()));
    }
}
