// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import io.stdcseg.error.InputException;
import io.stdcseg.network.Precision;
import java.io.Serializable;

/**
 * Options of an ONNX file: what is written into it beside the weights.
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

    /**
     * Size of the pictures that an ONNX file takes.
     *
     * @param batch pictures at a time; 0 if any number will do
     * @param height in rows; 0 if any will do
     * @param width in columns; 0 if any will do
     */
    public record OnnxInput(int batch, int height, int width) implements Serializable {

        /** One picture, whose rows and columns are known when the network runs. */
        public static final OnnxInput ANY_SIZE = new OnnxInput(1, 0, 0);

        public OnnxInput {
            if (batch < 0 || height < 0 || width < 0) {
                throw new InputException(
                        "input of "
                                + batch
                                + " pictures, "
                                + height
                                + "x"
                                + width
                                + ": sizes are 0 (any) or positive");
            }
        }

        /** One picture of this size. */
        public static OnnxInput of(int height, int width) {
            return new OnnxInput(1, height, width);
        }

        /** The same size for another number of pictures. */
        public OnnxInput withBatch(int pictures) {
            return new OnnxInput(pictures, height, width);
        }
    }

    /** Input and output of an ONNX file: what it takes and gives. */
    public enum OnnxOutput {
        /**
         * Normalised RGB floats (pictures, 3, rows, columns) in; scores (pictures, classes, rows,
         * columns), floats, out: as other exporters have it.
         */
        LOGITS("logits"),
        /**
         * In as for {@link #LOGITS}; train ids (pictures, rows, columns), 8 bits without sign, out:
         * an eighth of the bytes of ONNX's own index type.
         */
        MASKS("masks"),
        /**
         * Normalised RGB floats (pictures, rows, columns, 3) in; scores (pictures, rows / 8,
         * columns / 8, classes), floats, sizes rounded up, out: what is left to do, enlarging and
         * choosing, can be done at once and exactly.
         */
        SCORES("scores");

        private final String label;

        OnnxOutput(String label) {
            this.label = label;
        }

        /** The name of the graph's output. */
        public String label() {
            return label;
        }
    }
}
