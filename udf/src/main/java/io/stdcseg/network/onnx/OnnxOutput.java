// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

/** What an ONNX file takes and gives. */
public enum OnnxOutput {
    /**
     * Normalised RGB floats (pictures, 3, rows, columns) in; scores (pictures, classes, rows,
     * columns), floats, out: as other exporters have it.
     */
    LOGITS("logits"),
    /**
     * In as for {@link #LOGITS}; train ids (pictures, rows, columns), 8 bits without sign, out: an
     * eighth of the bytes of ONNX's own index type.
     */
    MASKS("masks"),
    /**
     * Normalised RGB floats (pictures, rows, columns, 3) in; scores (pictures, rows / 8, columns /
     * 8, classes), floats, sizes rounded up, out: what is left to do, enlarging and choosing, can
     * be done at once and exactly.
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
