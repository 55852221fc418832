// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelCounterTest {

    private static final int CLASSES = 5;
    private static final byte IGNORE = -1;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0.02",
        "7, 5, 0.2",
        "64, 9, 0.02",
        "65, 40, 0.06",
        "130, 70, 0.02",
        "200, 90, 0.1",
        "90, 300, 0.21",
        "60, 20, 0.9",
        "220, 150, 0.13"
    })
    void countsWhatErosionsPixelByPixelCount(int columns, int rows, double share) {
        Random random = new Random(columns);
        PixelCounter counter = new PixelCounter(CLASSES, share);
        for (int picture = 0; picture < 3; picture++) {
            byte[] labels = scene(random, columns, rows, true);
            byte[] predictions =
                    picture == 2 ? labels.clone() : scene(random, columns, rows, false);
            for (int i = 0; i < predictions.length; i++) {
                predictions[i] = predictions[i] == IGNORE ? 0 : predictions[i];
            }

            PixelCounts counts = new PixelCounts(CLASSES);
            counter.count(columns, ByteBuffer.wrap(labels), ByteBuffer.wrap(predictions), counts);

            int distance = Math.max(1, (int) Math.rint(share * Math.hypot(columns, rows)));
            assertThat(counts).isEqualTo(slowly(labels, predictions, columns, rows, distance));
        }
    }

    /**
     * From the authors' definition: each class, in a frame of zeros, without what is left of it
     * when it is eroded by 3x3 ones as often as the distance says.
     */
    @Test
    void aShiftedSquareHasThePublishedScore() {
        int size = 100;
        byte[] labels = new byte[size * size];
        byte[] predictions = new byte[size * size];
        for (int y = 30; y < 70; y++) {
            for (int x = 30; x < 70; x++) {
                labels[y * size + x] = 1;
                predictions[(y + 2) * size + x + 3] = 1;
            }
        }

        PixelCounts counts = new PixelCounts(2);
        new PixelCounter(2)
                .count(size, ByteBuffer.wrap(labels), ByteBuffer.wrap(predictions), counts);

        assertThat(Scores.of(counts).boundaryIou()).containsExactly(1262.0 / 2098, 86.0 / 802);
    }

    @Test
    void aMaskThatEqualsItsLabelIsRightWhateverIsIgnored() {
        byte[] labels = scene(new Random(3), 120, 80, true);
        byte[] predictions = labels.clone();
        for (int i = 0; i < predictions.length; i++) {
            predictions[i] = predictions[i] == IGNORE ? (byte) (i % CLASSES) : predictions[i];
        }

        PixelCounts counts = new PixelCounts(CLASSES);
        new PixelCounter(CLASSES)
                .count(120, ByteBuffer.wrap(labels), ByteBuffer.wrap(predictions), counts);

        assertThat(Scores.of(counts).meanBoundaryIou()).isEqualTo(1);
    }

    @Test
    void picturesOfOtherSizesMayFollow() {
        PixelCounter counter = new PixelCounter(2);
        PixelCounts both = new PixelCounts(2);
        PixelCounts small = new PixelCounts(2);
        counter.count(3, bytes(0, 1, 1), bytes(0, 1, 0), both);
        counter.count(2, bytes(1, 1, 0, 0), bytes(1, 1, 1, 1), both);
        counter.count(3, bytes(0, 1, 1), bytes(0, 1, 0), small);
        new PixelCounter(2).count(2, bytes(1, 1, 0, 0), bytes(1, 1, 1, 1), small);

        assertThat(both).isEqualTo(small);
    }

    @Test
    void whatIsNoTrainIdIsNamed() {
        PixelCounter counter = new PixelCounter(3);
        PixelCounts counts = new PixelCounts(3);

        assertThatThrownBy(() -> counter.count(2, bytes(0, 3), bytes(0, 0), counts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label 3 and prediction 0 of pixel 1 are not both below 3");
        assertThatThrownBy(() -> counter.count(1, bytes(0), bytes(255), counts))
                .hasMessage("label 0 and prediction 255 of pixel 0 are not both below 3");
        assertThatThrownBy(() -> counter.count(2, bytes(0, 1), bytes(0), counts))
                .hasMessage("2 labels for 1 predictions");
    }

    static ByteBuffer bytes(int... ids) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(ids.length);
        for (int i = 0; i < ids.length; i++) {
            buffer.put(i, (byte) ids[i]);
        }
        return buffer;
    }

    /** Discs of some classes, and a few single pixels. */
    private static byte[] scene(Random random, int columns, int rows, boolean ignored) {
        byte[] ids = new byte[columns * rows];
        for (int disc = 0; disc < 9; disc++) {
            int x0 = random.nextInt(columns);
            int y0 = random.nextInt(rows);
            int radius = 1 + random.nextInt(1 + Math.max(columns, rows) / 4);
            byte id = ignored && disc == 8 ? IGNORE : (byte) random.nextInt(CLASSES);
            for (int i = 0; i < ids.length; i++) {
                if (Math.hypot(i % columns - x0, i / columns - y0) < radius) {
                    ids[i] = id;
                }
            }
        }
        ids[random.nextInt(ids.length)] = 1;
        return ids;
    }

    private static PixelCounts slowly(
            byte[] labels, byte[] predictions, int columns, int rows, int distance) {
        PixelCounts counts = new PixelCounts(CLASSES);
        byte[] shown = predictions.clone();
        for (int i = 0; i < shown.length; i++) {
            shown[i] = labels[i] == IGNORE ? IGNORE : shown[i];
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != IGNORE) {
                boolean onLabel = onBoundary(labels, i, columns, rows, distance);
                boolean onPrediction = onBoundary(shown, i, columns, rows, distance);
                counts.add(labels[i], predictions[i], 1);
                counts.addBoundary(
                        labels[i],
                        predictions[i],
                        onLabel ? 1 : 0,
                        onPrediction ? 1 : 0,
                        onLabel && onPrediction ? 1 : 0);
            }
        }
        return counts;
    }

    private static boolean onBoundary(byte[] ids, int at, int columns, int rows, int distance) {
        for (int y = at / columns - distance; y <= at / columns + distance; y++) {
            for (int x = at % columns - distance; x <= at % columns + distance; x++) {
                boolean inside = x >= 0 && x < columns && y >= 0 && y < rows;
                if (!inside || ids[y * columns + x] != ids[at]) {
                    return true;
                }
            }
        }
        return false;
    }
}
