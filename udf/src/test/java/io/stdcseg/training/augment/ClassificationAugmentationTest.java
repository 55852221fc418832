// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.picture.Picture;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClassificationAugmentationTest {

    private static final int ROWS = 40;
    private static final int COLUMNS = 50;

    /** The part is what the crop shows, in pixels of the picture. */
    @Test
    void partsHaveTheirShareAndShapeAndLieInThePicture() {
        ClassificationAugmentation augmentation =
                new ClassificationAugmentation(
                        ROWS, COLUMNS, List.of(0.1, 0.4), List.of(0.8, 1.25), true, 0, 0, 0);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            RandomCrop crop = augmentation.crop(640, 480, random);

            double width = 640.0 * COLUMNS / crop.width();
            double height = 480.0 * ROWS / crop.height();
            assertThat(width * height / (640 * 480)).isBetween(0.095, 0.42);
            assertThat(width / height).isBetween(0.78, 1.28);
            assertThat(crop.left()).isBetween(0, crop.width() - COLUMNS);
            assertThat(crop.top()).isBetween(0, crop.height() - ROWS);
            assertThat(crop.isEnlarged()).isFalse();
        }
    }

    @Test
    void aPartIsNeverLargerThanThePicture() {
        ClassificationAugmentation augmentation =
                new ClassificationAugmentation(
                        ROWS, COLUMNS, List.of(1.0, 1.0), List.of(3.0, 3.0), false, 0, 0, 0);

        RandomCrop crop = augmentation.crop(60, 60, new SplittableRandom(1));

        assertThat(crop.width()).isEqualTo(COLUMNS);
        assertThat(crop.height()).isEqualTo((int) Math.round(ROWS * Math.sqrt(3)));
    }

    @Test
    void evaluationTakesTheCenterCrop() {
        byte[] rgb = new byte[3 * 120 * 60];
        for (int y = 0; y < 60; y++) {
            for (int x = 0; x < 120; x++) {
                rgb[3 * (y * 120 + x)] = (byte) (x / 10);
                rgb[3 * (y * 120 + x) + 1] = (byte) (y / 10);
            }
        }

        ClassificationAugmentation augmentation =
                new ClassificationAugmentation(
                        40, 40, List.of(1.0, 1.0), List.of(1.0, 1.0), false, 0, 0, 0);

        byte[] middle = augmentation.centerCrop(new Picture(120, 60, rgb), 60);

        assertThat(middle).hasSize(3 * 40 * 40);
        assertThat(middle[0]).isEqualTo((byte) 4);
        assertThat(middle[1]).isEqualTo((byte) 1);
        assertThat(middle[middle.length - 3]).isEqualTo((byte) 7);
        assertThat(middle[middle.length - 2]).isEqualTo((byte) 4);
    }
}
