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
 * Augmented pictures of one class each, for classification.
 *
 * @param pictures to augment
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
        SampledAugmentation sampled = augmentation.draw(random);
        RandomCrop crop = augmentation.crop(picture.width(), picture.height(), random);
        batch.setPixels(slot, new AugmentedCrop(picture, sampled, crop, columns, rows).pixels());
        batch.setLabels(slot, label(pictures.classId(index)));
    }

    private static byte[] label(int id) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(id).array();
    }
}
