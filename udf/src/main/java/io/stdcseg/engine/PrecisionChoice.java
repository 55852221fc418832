// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.error.InputException;
import io.stdcseg.network.Precision;

/**
 * Choice of a precision: what the user wants networks to compute in.
 *
 * @param precision null = whatever suits the device
 */
public record PrecisionChoice(Precision precision) {

    public static PrecisionChoice parse(String text) {
        return switch (text) {
            case "auto" -> new PrecisionChoice(null);
            case "fp32" -> new PrecisionChoice(Precision.FP32);
            case "bf16" -> new PrecisionChoice(Precision.BF16);
            case "fp16" -> new PrecisionChoice(Precision.FP16);
            case "int8" -> new PrecisionChoice(Precision.INT8);
            default ->
                    throw new InputException(
                            "precision '"
                                    + text
                                    + "' is unknown; allowed are auto, fp32, bf16, fp16 and int8");
        };
    }

    /**
     * Checks that a kind of device has it at all.
     *
     * @throws InputException if it has not
     */
    public void check(String device) {
        boolean gpu = Devices.isGpu(device);
        if (precision == Precision.INT8 && gpu) {
            throw new InputException(
                    "precision int8 needs a CPU; allowed on a GPU are auto, fp32, bf16 and fp16");
        }
        if (precision == Precision.FP16 && !gpu) {
            throw new InputException(
                    "precision fp16 needs a GPU; allowed on a CPU are auto, fp32, bf16 and int8");
        }
    }
}
