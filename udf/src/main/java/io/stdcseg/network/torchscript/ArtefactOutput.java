// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

/** What an archive takes and gives. */
public enum ArtefactOutput {
    /**
     * 8-bit RGB pictures (pictures, rows, columns, 3) in, train ids (pictures, rows, columns), 8
     * bit, out.
     */
    MASKS,
    /**
     * Pictures as for {@link #MASKS} but already of the network's size, or normalised floats
     * (pictures, 3, rows, columns), in; a tuple of the scores of the three heads (pictures,
     * classes, rows, columns), floats, out: as the published network answers.
     */
    LOGITS,
    /**
     * In as for {@link #LOGITS}; out, for comparison stage by stage: {@code out, out16, out32,
     * detail8, logits at 1/8, cp8, cp16}, then the backbone's five features.
     */
    STAGES
}
