// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.error.InputException;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import java.io.Serializable;
import java.util.List;

/**
 * What is written into an archive beside the weights.
 *
 * @param output what it takes and gives
 * @param scales at which a picture is looked at, at least one for {@link ArtefactOutput#MASKS};
 *     with several, softmax scores are added up
 * @param flip whether each scale also looks at the mirrored picture
 * @param precision of the convolutions
 * @param target where it is meant to run; with {@link Precision#INT8} only {@link
 *     ArtefactTarget#X86}
 */
public record ArtefactOptions(
        ArtefactOutput output,
        List<InputScale> scales,
        boolean flip,
        Precision precision,
        ArtefactTarget target)
        implements Serializable {

    public ArtefactOptions {
        scales = List.copyOf(scales);
        if (output == ArtefactOutput.MASKS && scales.isEmpty()) {
            throw new InputException("no scale: masks need at least one");
        }
        if (precision == Precision.INT8 && target == ArtefactTarget.ANY) {
            throw new IllegalArgumentException("int8 runs on x86 processors only");
        }
    }

    /** Masks from one look at the picture. */
    public static ArtefactOptions masks(InputScale scale, Precision precision) {
        return masks(List.of(scale), false, precision);
    }

    /** Masks from several looks at the picture. */
    public static ArtefactOptions masks(
            List<InputScale> scales, boolean flip, Precision precision) {
        return new ArtefactOptions(
                ArtefactOutput.MASKS, scales, flip, precision, ArtefactTarget.widest(precision));
    }

    /** Scores of all heads. */
    public static ArtefactOptions logits(Precision precision) {
        return heads(ArtefactOutput.LOGITS, precision);
    }

    /** Everything in between too. */
    public static ArtefactOptions stages(Precision precision) {
        return heads(ArtefactOutput.STAGES, precision);
    }

    private static ArtefactOptions heads(ArtefactOutput output, Precision precision) {
        return new ArtefactOptions(
                output, List.of(), false, precision, ArtefactTarget.widest(precision));
    }

    /** The same for another target; without this it is {@link ArtefactTarget#widest}. */
    public ArtefactOptions on(ArtefactTarget other) {
        return new ArtefactOptions(output, scales, flip, precision, other);
    }

    /** How often a picture is looked at. */
    public int looks() {
        return flip ? 2 * scales.size() : scales.size();
    }

    /** The scales as reports show them: {@code 0.5}, or {@code 0.5, 1.0 and mirrored}. */
    public String describeLooks() {
        String list = String.join(", ", scales.stream().map(InputScale::toString).toList());
        return flip ? list + " and mirrored" : list;
    }
}
