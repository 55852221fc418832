// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.overlay;

import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import java.util.function.ToDoubleFunction;

/**
 * Alpha blending of class colours over the samples of one plane, in fixed point. Samples whose id
 * no class has keep their value.
 */
final class SampleBlend {

    /** What stands for a weight of 1, so that sums of eight bits by eight fit sixteen. */
    private static final int ONE = 1 << Byte.SIZE;

    private static final long MAX_SAMPLE = 255;

    /** A one in each of the four 16-bit lanes of a word. */
    private static final long LANES = 0x0001_0001_0001_0001L;

    private static final long LOW_BYTES = LANES * 0xff;

    /** The picture's weight. */
    private final int kept;

    /** For each class what is added to the weighted sample, in each of four lanes. */
    private final long[] added;

    /**
     * @param opacity weight of the colours, rounded to a 256th
     * @param sample a colour's value in the plane; 0 to 255, or half a step beyond
     */
    SampleBlend(LabelSet labels, double opacity, ToDoubleFunction<LabelClass> sample) {
        int weight = (int) Math.round(opacity * ONE);
        kept = ONE - weight;
        added = new long[labels.size()];
        for (int id = 0; id < added.length; id++) {
            double color = sample.applyAsDouble(labels.classes().get(id));
            // With the half that rounds; a sample of 255 must not pass 255.
            long most = weight * MAX_SAMPLE + MAX_SAMPLE;
            added[id] = Math.min((long) (weight * color) + ONE / 2, most) * LANES;
        }
    }

    /** A sample, 0 to 255, under the colour of a class. */
    int apply(int id, int sample) {
        if (id >= added.length) {
            return sample;
        }
        return (sample * kept + (int) (added[id] & 0xffff)) >>> Byte.SIZE;
    }

    /** Eight samples, each a byte of the word in any order, under the colour of one class. */
    long applyToEight(int id, long samples) {
        if (id >= added.length) {
            return samples;
        }
        long color = added[id];
        long even = (samples & LOW_BYTES) * kept + color;
        long odd = ((samples >>> Byte.SIZE) & LOW_BYTES) * kept + color;
        return ((even >>> Byte.SIZE) & LOW_BYTES) | (odd & ~LOW_BYTES);
    }
}
