// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.training.augment.SegmentationAugmentation;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentedSegmentationDatasetTest {

    @Test
    void labelsStayOnTheirPixels() {
        LabelledPicture picture = TestPictures.colouredByClass(160, 120);
        SegmentationAugmentation augmentation =
                new SegmentationAugmentation(70, 90, List.of(0.3, 3.0), true, 0, 0, 0);
        AugmentedSegmentationDataset dataset = new AugmentedSegmentationDataset(null, augmentation);
        SplittableRandom random = new SplittableRandom(1);
        int size = 70 * 90;
        for (int i = 0; i < 100; i++) {
            ByteBuffer pixels = ByteBuffer.allocateDirect(2 * 3 * size);
            ByteBuffer labels = ByteBuffer.allocateDirect(2 * size);
            TrainingBatch batch = new TrainingBatch(0, List.of("a", "b"), 70, 90, pixels, labels);
            dataset.write(picture, random, batch, 1);

            assertThat(agreeing(pixels, labels, size)).as("picture %d", i).isGreaterThan(0.8);
            assertThat(pixels.slice(0, 3 * size)).isEqualTo(ByteBuffer.allocate(3 * size));
        }
    }

    /** The share of pixels of the second picture whose colour is that of its label's area. */
    private static double agreeing(ByteBuffer pixels, ByteBuffer labels, int size) {
        int agreeing = 0;
        for (int i = size; i < 2 * size; i++) {
            int level = pixels.get(3 * i) & 0xff;
            // Between two areas colours are mixed.
            agreeing += Math.abs(level - 20 * labels.get(i)) < 10 ? 1 : 0;
        }
        return (double) agreeing / size;
    }
}
