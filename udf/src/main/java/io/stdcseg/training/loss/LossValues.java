// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What an iteration's batch lost, head by head.
 *
 * @param main cross entropy of the hard pixels, main head
 * @param head16 the same of the auxiliary head on the maps at 1/8
 * @param head32 the same of the auxiliary head on the maps at 1/16
 * @param edges binary cross entropy of the boundaries, added up over the detail heads
 * @param dice dice loss of the boundaries, added up over the detail heads
 */
public record LossValues(double main, double head16, double head32, double edges, double dice) {

    /** What is minimised. */
    public double total() {
        return main + head16 + head32 + edges + dice;
    }

    /** The mean of each loss over parts of a batch of the same size. */
    public static LossValues mean(List<LossValues> parts) {
        return new LossValues(
                mean(parts, LossValues::main),
                mean(parts, LossValues::head16),
                mean(parts, LossValues::head32),
                mean(parts, LossValues::edges),
                mean(parts, LossValues::dice));
    }

    private static double mean(List<LossValues> parts, ToDoubleFunction<LossValues> loss) {
        return parts.stream().mapToDouble(loss).average().orElseThrow();
    }
}
