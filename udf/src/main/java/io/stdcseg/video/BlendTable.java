// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * What becomes of a sample under a class's colour: for each id and value, the blended value. Ids
 * without a class keep the value.
 */
final class BlendTable {

    private static final int VALUES = 256;

    /** Blended value at {@code id * 256 + value}. */
    final byte[] table;

    private BlendTable(byte[] table) {
        this.table = table;
    }

    static BlendTable of(LabelSet labels, double opacity, ToIntFunction<LabelClass> part) {
        return ofSamples(labels, opacity, c -> part.applyAsInt(c));
    }

    static BlendTable ofSamples(
            LabelSet labels, double opacity, ToDoubleFunction<LabelClass> sample) {
        byte[] table = new byte[VALUES * VALUES];
        for (int id = 0; id < VALUES; id++) {
            boolean colored = id < labels.size();
            double target = colored ? sample.applyAsDouble(labels.classes().get(id)) : 0;
            double weight = colored ? opacity : 0;
            for (int value = 0; value < VALUES; value++) {
                long blended = Math.round(value + weight * (target - value));
                table[id * VALUES + value] = (byte) Math.max(0, Math.min(255, blended));
            }
        }
        return new BlendTable(table);
    }
}
