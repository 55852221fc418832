// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Precision;

/** Numbers under which TorchScript knows element types. */
final class ScalarTypes {

    static final int BYTE = 0;
    static final int CHAR = 1;
    static final int INT = 3;
    static final int HALF = 5;
    static final int FLOAT = 6;
    static final int BFLOAT16 = 15;

    private ScalarTypes() {}

    static int of(Precision precision) {
        return switch (precision) {
            case FP32 -> FLOAT;
            case BF16 -> BFLOAT16;
            case FP16 -> HALF;
            case INT8 -> CHAR;
        };
    }
}
