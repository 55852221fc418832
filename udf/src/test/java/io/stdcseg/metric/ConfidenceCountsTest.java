// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import static io.stdcseg.metric.PixelCounterTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfidenceCountsTest {

    /**
     * By hand, of Guo et al.'s formula: bin 15 has scores 1 and 0.98 (250/255), one of two right:
     * |1 - 1.980| ; bin 9, from 8/15 to 9/15, has 0.6 (153/255), right: |1 - 0.6|; over 3 pixels.
     */
    @Test
    void expectedCalibrationError() {
        ConfidenceCounts counts = new ConfidenceCounts();
        counts.countHighest(bytes(255, 250, 153, 9), bytes(1, 1, 0, 255), bytes(1, 0, 0, 1));

        assertThat(counts.expectedCalibrationError())
                .isCloseTo((250 / 255.0 + 0.4) / 3, within(1e-12));
    }

    /** Within a bin what is too sure and what is not sure enough make up for each other. */
    @Test
    void aBinIsHeldAgainstItsMean() {
        ConfidenceCounts counts = new ConfidenceCounts();
        ByteBuffer highest = bytes(204, 204, 204, 204, 204);
        counts.countHighest(highest, bytes(0, 0, 0, 0, 0), bytes(0, 0, 0, 0, 1));

        assertThat(counts.expectedCalibrationError()).isZero();
    }

    /** A bin has its upper bound: 17/255 is 1/15. */
    @Test
    void binsHaveTheirUpperBounds() {
        ConfidenceCounts counts = new ConfidenceCounts();
        counts.countHighest(bytes(0, 17, 18), bytes(0, 0, 0), bytes(0, 0, 1));

        assertThat(counts.toLongs()).startsWith(2, 2, 17, 1, 0, 18, 0);
    }

    @Test
    void countsWhatIsCountedPixelByPixel() {
        Random random = new Random(5);
        for (int pixels : new int[] {1, 8, 4096, 4099, 9001}) {
            byte[] highest = new byte[pixels];
            byte[] labels = new byte[pixels];
            byte[] predictions = new byte[pixels];
            long[] expected = new long[ConfidenceCounts.NUMBERS];
            for (int i = 0; i < pixels; i++) {
                int score = i / 50 % 2 == 0 ? 255 : random.nextInt(256);
                int label = random.nextInt(7) == 0 ? 255 : random.nextInt(3);
                highest[i] = (byte) score;
                labels[i] = (byte) label;
                predictions[i] = (byte) random.nextInt(3);
                int bin = Math.max(0, (int) Math.ceil(score / 17.0) - 1);
                if (label != 255) {
                    expected[3 * bin]++;
                    expected[3 * bin + 1] += labels[i] == predictions[i] ? 1 : 0;
                    expected[3 * bin + 2] += score;
                }
            }

            ConfidenceCounts counts = new ConfidenceCounts();
            counts.countHighest(
                    ByteBuffer.wrap(highest),
                    ByteBuffer.wrap(labels),
                    ByteBuffer.wrap(predictions));

            assertThat(counts.toLongs()).isEqualTo(expected);
        }
    }

    @Test
    void nothingHasNoValue() {
        assertThat(new ConfidenceCounts().expectedCalibrationError()).isNaN();
    }

    @Test
    void travelsWithTheCountsOfPixels() {
        ConfidenceCounts sure = new ConfidenceCounts();
        sure.countHighest(bytes(255, 255), bytes(0, 1), bytes(0, 0));
        PixelCounts counts = new PixelCounts(2);
        counts.addConfidence(sure);
        PixelCounts read = PixelCounts.fromLongs(counts.toLongs());
        assertThat(read).isEqualTo(counts);

        PixelCounts sum = new PixelCounts(2);
        sum.merge(read);
        sum.merge(read);
        sum.merge(new PixelCounts(2));
        Scores scores = Scores.of(PixelCounts.fromLongs(sum.toLongs()));
        assertThat(scores.expectedCalibrationError()).isEqualTo(0.5);
        assertThat(scores.toMap(List.of("a", "b"))).containsEntry("expectedCalibrationError", 0.5);
        assertThat(Scores.none(2).toMap(List.of("a", "b")))
                .doesNotContainKey("expectedCalibrationError");
    }

    @Test
    void refusesOtherNumbers() {
        assertThatThrownBy(() -> ConfidenceCounts.fromLongs(new long[3]))
                .hasMessage("3 numbers are not counts of confidence; 45 are");
    }
}
