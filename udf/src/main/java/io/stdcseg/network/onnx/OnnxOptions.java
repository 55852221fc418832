// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import io.stdcseg.error.InputException;
import io.stdcseg.network.Precision;
import java.io.Serializable;

/**
 * What is written into an ONNX file beside the weights.
 *
 * @param input size of the pictures
 * @param output what the file takes and gives; floats whatever the precision, but for masks
 * @param precision of the convolutions: {@link Precision#FP32}; {@link Precision#FP16}, meant for
 *     GPUs; {@link Precision#INT8}, for run times that put together what is written as levels,
 *     numbers and levels again
 */
public record OnnxOptions(OnnxInput input, OnnxOutput output, Precision precision)
        implements Serializable {

    /** Scores in single precision for pictures of any size, one at a time. */
    public static final OnnxOptions DEFAULTS =
            new OnnxOptions(OnnxInput.ANY_SIZE, OnnxOutput.LOGITS, Precision.FP32);

    public OnnxOptions {
        if (precision == Precision.BF16) {
            throw new InputException(
                    "precision "
                            + precision.label()
                            + " in an ONNX file: fp32, fp16 and int8 are allowed");
        }
    }

    /** The same for pictures of another size. */
    public OnnxOptions with(OnnxInput other) {
        return new OnnxOptions(other, output, precision);
    }

    /** The same but for what goes in and comes out. */
    public OnnxOptions with(OnnxOutput other) {
        return new OnnxOptions(input, other, precision);
    }

    /** The same in another precision. */
    public OnnxOptions with(Precision other) {
        return new OnnxOptions(input, output, other);
    }
}
