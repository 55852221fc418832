// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

import io.stdcseg.tensor.ElementType;
import java.util.Locale;

/**
 * Precision of a network: the format its convolutions compute in; resizing and scores are always
 * fp32.
 */
public enum Precision {
    FP32(ElementType.F32),
    BF16(ElementType.BF16),
    FP16(ElementType.F16),
    /** Weights; activations are 8 bits without sign. On x86 processors only. */
    INT8(ElementType.I8);

    private final ElementType type;

    Precision(ElementType type) {
        this.type = type;
    }

    /** As options, files and reports write it, such as {@code bf16}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of weights and, but for {@link #INT8}, of activations. */
    public ElementType type() {
        return type;
    }
}
