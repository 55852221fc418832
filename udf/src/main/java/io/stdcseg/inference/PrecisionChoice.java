// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.error.InputException;
import io.stdcseg.network.Precision;

/**
 * The numbers the user wants networks to compute in.
 *
 * @param precision null = whatever suits the device
 */
record PrecisionChoice(Precision precision) {

    static PrecisionChoice parse(String text) {
        return switch (text) {
            case "auto" -> new PrecisionChoice(null);
            case "fp32" -> new PrecisionChoice(Precision.FP32);
            case "bf16" -> new PrecisionChoice(Precision.BF16);
            case "fp16" -> new PrecisionChoice(Precision.FP16);
            default ->
                    throw new InputException(
                            "precision '"
                                    + text
                                    + "' is unknown; allowed are auto, fp32, bf16 and fp16");
        };
    }

    /**
     * The precision on a device.
     *
     * @param nativeBfloat16 whether the CPU computes in bf16
     */
    Precision on(boolean gpu, boolean nativeBfloat16) {
        if (precision == null) {
            if (gpu) {
                return Precision.FP16;
            }
            return nativeBfloat16 ? Precision.BF16 : Precision.FP32;
        }
        if (precision == Precision.FP16 && !gpu) {
            throw new InputException(
                    "precision fp16 needs a GPU; allowed on a CPU are auto, fp32 and bf16");
        }
        return precision;
    }
}
