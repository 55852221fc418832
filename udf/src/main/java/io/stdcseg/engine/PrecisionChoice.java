// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.error.InputException;
import io.stdcseg.network.Precision;

/**
 * The numbers the user wants networks to compute in.
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
     * The precision on a device.
     *
     * @throws InputException if it cannot compute in this precision
     */
    public Precision on(String device) {
        return Devices.isGpu(device) ? onGpu() : on(CpuFeatures.ofThisCpu());
    }

    Precision onGpu() {
        if (precision == Precision.INT8) {
            throw new InputException(
                    "precision int8 needs a CPU; allowed on a GPU are auto, fp32, bf16 and fp16");
        }
        return precision == null ? Precision.FP16 : precision;
    }

    Precision on(CpuFeatures cpu) {
        if (precision == null) {
            return cpu.bfloat16() ? Precision.BF16 : Precision.FP32;
        }
        if (precision == Precision.FP16) {
            throw new InputException(
                    "precision fp16 needs a GPU; allowed on a CPU are auto, fp32, bf16 and int8");
        }
        if (precision == Precision.INT8 && !cpu.int8()) {
            throw new InputException(
                    "precision int8 needs an x86 processor with AVX512-VNNI or AMX; allowed on"
                            + " this one are auto, fp32 and bf16");
        }
        return precision;
    }
}
