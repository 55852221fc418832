// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class UpsampledConfidenceTest {

    private static final float LN2 = (float) Math.log(2);
    private static final float LN6 = (float) Math.log(6);

    /** Softmax of ln 6, ln 2, 0, 0 is 0.6, 0.2, 0.1, 0.1. */
    @Test
    void isTheHighestSoftmaxScoreAndItsMarginInThe255ths() {
        assertThat(write(1, 1, 1, 1, 0, LN6, 0, LN2)).containsExactly(102, 153);
        assertThat(write(1, 1, 1, 1, 700, 100, 700, 0)).containsExactly(0, 128);
        assertThat(write(1, 1, 1, 1, Float.NaN, 1, 1, 1)).containsExactly(0, 0);
    }

    /** Between 0.4 and 0 for the margin, 0.6 and 0.25 for the highest; corners on corners. */
    @Test
    void isEnlargedBilinearly() {
        float[] nodes = {LN6, LN2, 0, 0, 1, 1, 1, 1};
        assertThat(write(1, 2, 1, 3, nodes)).containsExactly(102, 51, 0, 153, 108, 64);
        assertThat(write(2, 1, 3, 1, nodes)).containsExactly(102, 51, 0, 153, 108, 64);
    }

    @Test
    void leavesPositionsAlone() {
        FloatBuffer scores = FloatBuffer.wrap(new float[] {1, 2});
        ByteBuffer confidence = ByteBuffer.allocateDirect(2 * 4 * 5);
        new UpsampledConfidence(2, 1, 1, 4, 5).write(scores, confidence);
        assertThat(scores.position() + confidence.position()).isZero();
        assertThat(confidence.get(19)).isEqualTo(confidence.get(0));
    }

    private static int[] write(
            int coarseHeight, int coarseWidth, int height, int width, float... scores) {
        ByteBuffer confidence = ByteBuffer.allocate(2 * height * width);
        new UpsampledConfidence(4, coarseHeight, coarseWidth, height, width)
                .write(FloatBuffer.wrap(scores), confidence);
        int[] samples = new int[confidence.capacity()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = confidence.get(i) & 255;
        }
        return samples;
    }
}
