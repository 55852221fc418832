// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.training.data.LabelledPicture;
import io.stdcseg.training.data.TestPictures;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AugmentedCropTest {

    private static final SampledAugmentation MIDDLE =
            new SampledAugmentation(1, 1, 1, false, 1, 0.5, 0.5);

    private final LabelledPicture detailed = TestPictures.detailed(12, 9);

    /**
     * Expected values of this and the next three tests: Pillow 9.4.0, {@code ImageEnhance}, {@code
     * transpose}, {@code resize} and {@code crop} in the order of the published training.
     */
    @Test
    void aSampleThatChangesNothingCrops() {
        check(
                MIDDLE,
                "247 33 100 28 96 139 65 173 178 102 8 217 68 62 152 105 125 204 142 202 0 179 37"
                        + " 52 167 91 204 204 154 13 241 231 78 22 66 143",
                "10 0 1 2 1 2 3 4 3 4 5 6");
    }

    @Test
    void colorJitterFlipAndShrinkingAreThoseOfPil() {
        check(
                new SampledAugmentation(1.3, 0.7, 1.4, true, 0.6, 0.99, 0.5),
                "96 163 146 140 142 131 216 127 106 152 213 158 177 128 128 153 177 132 152 104 180"
                        + " 180 172 102 138 153 182 171 153 135 164 145 133 197 79 141",
                "0 9 8 6 4 2 1 10 8 6 5 3");
    }

    @Test
    void enlargingIsThatOfPil() {
        check(
                new SampledAugmentation(0.8, 1.5, 0.5, false, 1.5, 0.3, 0.7),
                "77 47 62 60 25 78 90 56 119 120 95 111 98 31 74 111 48 102 92 71 102 109 108 87"
                        + " 154 55 105 152 74 121 59 78 49 59 112 58",
                "1 2 3 4 1 2 3 4 3 4 5 6");
    }

    @Test
    void whatIsTooSmallIsEnlargedAgainAsPublished() {
        check(
                new SampledAugmentation(0.6, 1.2, 1.1, true, 0.3, 0.5, 0.25),
                "77 71 76 78 71 74 79 71 71 71 84 93 78 72 76 79 72 74 80 71 71 74 79 88 81 73 76"
                        + " 81 73 74 82 72 72 79 69 77",
                "2 2 9 5 2 2 9 5 10 10 6 2");
    }

    private void check(SampledAugmentation sampled, String pixels, String labels) {
        AugmentedCrop augmented = augmented(detailed, sampled, 3, 4);
        assertThat(augmented.pixels()).isEqualTo(bytes(pixels));
        assertThat(augmented.labels(detailed.labels())).isEqualTo(bytes(labels));
    }

    private static AugmentedCrop augmented(
            LabelledPicture picture, SampledAugmentation sampled, int rows, int columns) {
        RandomCrop crop = RandomCrop.of(picture.width(), picture.height(), sampled, columns, rows);
        return new AugmentedCrop(picture.picture(), sampled, crop, columns, rows);
    }

    private static byte[] bytes(String numbers) {
        String[] parts = numbers.split(" ");
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return bytes;
    }

    @Test
    void ignoredPixelsStayIgnored() {
        byte[] labels = new byte[12 * 9];
        Arrays.fill(labels, (byte) 255);
        LabelledPicture ignored = new LabelledPicture("test", 12, 9, detailed.rgb(), labels);

        assertThat(augmented(ignored, MIDDLE, 3, 4).labels(labels)).containsOnly(255);
    }

    @Test
    void aCropOfAnotherShapeThanThePictureIsFilled() {
        byte[] white = new byte[3 * 12 * 9];
        Arrays.fill(white, (byte) 255);
        LabelledPicture picture = new LabelledPicture("test", 12, 9, white, new byte[12 * 9]);

        assertThat(augmented(picture, MIDDLE, 3, 40).pixels()).hasSize(360).containsOnly(255);
    }
}
