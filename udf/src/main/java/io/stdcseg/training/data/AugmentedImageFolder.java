// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.picture.Picture;
import io.stdcseg.picture.PictureReader;
import io.stdcseg.training.augment.AugmentedCrop;
import io.stdcseg.training.augment.ClassificationAugmentation;
import io.stdcseg.training.augment.RandomCrop;
import io.stdcseg.training.augment.SampledAugmentation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * Pictures of one class each, varied within the limits of a {@link ClassificationAugmentation}.
 *
 * @param pictures to vary
 */
public record AugmentedImageFolder(ImageFolder pictures, ClassificationAugmentation augmentation)
        implements AugmentedDataset {

    @Override
    public int size() {
        return pictures.size();
    }

    @Override
    public Path image(int index) {
        return pictures.image(index);
    }

    /** The label is the number of the picture's class, 32 bit in native byte order. */
    @Override
    public void write(int index, RandomGenerator random, TrainingBatch batch, int slot) {
        Picture picture = PictureReader.read(pictures.image(index));
        int rows = augmentation.rows();
        int columns = augmentation.columns();
        SampledAugmentation variation = augmentation.draw(random);
        RandomCrop cut = augmentation.cut(picture.width(), picture.height(), random);
        batch.setPixels(slot, new AugmentedCrop(picture, variation, cut, columns, rows).pixels());
        batch.setLabels(slot, label(pictures.classId(index)));
    }

    private static byte[] label(int id) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(id).array();
    }

    /**
     * The middle of a picture whose shorter side is resized, as classifiers are evaluated.
     *
     * @param shorterSide of the resized picture, at least {@code side}
     * @param columns of the cut-out
     * @param rows of the cut-out
     * @return RGB triples (rows, columns, 3)
     */
    public static byte[] middle(Picture picture, int shorterSide, int columns, int rows) {
        double scale = (double) shorterSide / Math.min(picture.width(), picture.height());
        int width = Math.max(columns, (int) Math.round(scale * picture.width()));
        int height = Math.max(rows, (int) Math.round(scale * picture.height()));
        RandomCrop cut =
                new RandomCrop(
                        width, height, width, height, (width - columns) / 2, (height - rows) / 2);
        return new AugmentedCrop(picture, SampledAugmentation.NONE, cut, columns, rows).pixels();
    }
}
