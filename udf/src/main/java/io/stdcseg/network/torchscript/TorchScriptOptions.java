// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.error.InputException;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * Options of a TorchScript archive: what is written into it beside the weights.
 *
 * @param output what it takes and gives
 * @param scales of multi-scale evaluation, at least one for {@link ModuleOutput#MASKS}; with
 *     several, softmax scores are added up
 * @param flip whether the network also sees the picture mirrored at each scale
 * @param precision of the convolutions
 * @param target where it is meant to run; with {@link Precision#INT8} only {@link ModuleTarget#X86}
 */
public record TorchScriptOptions(
        ModuleOutput output,
        List<InputScale> scales,
        boolean flip,
        Precision precision,
        ModuleTarget target)
        implements Serializable {

    public TorchScriptOptions {
        scales = List.copyOf(scales);
        if (output == ModuleOutput.MASKS && scales.isEmpty()) {
            throw new InputException("no scale: masks need at least one");
        }
        if (precision == Precision.INT8 && target == ModuleTarget.ANY) {
            throw new IllegalArgumentException("int8 runs on x86 processors only");
        }
    }

    /** Masks from one scale. */
    public static TorchScriptOptions masks(InputScale scale, Precision precision) {
        return masks(List.of(scale), false, precision);
    }

    /** Masks from multi-scale evaluation. */
    public static TorchScriptOptions masks(
            List<InputScale> scales, boolean flip, Precision precision) {
        return new TorchScriptOptions(
                ModuleOutput.MASKS, scales, flip, precision, ModuleTarget.widest(precision));
    }

    /** Scores of all heads. */
    public static TorchScriptOptions logits(Precision precision) {
        return heads(ModuleOutput.LOGITS, precision);
    }

    /** All heads and intermediate stages. */
    public static TorchScriptOptions stages(Precision precision) {
        return heads(ModuleOutput.STAGES, precision);
    }

    private static TorchScriptOptions heads(ModuleOutput output, Precision precision) {
        return new TorchScriptOptions(
                output, List.of(), false, precision, ModuleTarget.widest(precision));
    }

    /** The same for another target; without this it is {@link ModuleTarget#widest}. */
    public TorchScriptOptions on(ModuleTarget other) {
        return new TorchScriptOptions(output, scales, flip, precision, other);
    }

    /** Views of a picture that the network sees: each scale, and mirrored ones. */
    public int views() {
        return flip ? 2 * scales.size() : scales.size();
    }

    /** The scales as reports show them: {@code 0.5}, or {@code 0.5, 1.0 and mirrored}. */
    public String describeScales() {
        return InputScale.describe(scales, flip);
    }

    /** Input and output of an archive: what it takes and gives. */
    public enum ModuleOutput {
        /**
         * 8-bit RGB pictures (pictures, rows, columns, 3) in, train ids (pictures, rows, columns),
         * 8 bit, out.
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

    /** Target of an archive: where it is meant to run. */
    public enum ModuleTarget {
        /** Operations that every libtorch of 1.13 or later has, on any device. */
        ANY,
        /**
         * x86 processors: convolutions with their activation in one oneDNN call, on weights packed
         * for the maps at hand. About a fifth faster in bfloat16. Needs libtorch 2, of the version
         * at hand for {@link Precision#INT8}.
         */
        X86;

        /** Where archives of this precision can run at all. */
        static ModuleTarget widest(Precision precision) {
            return precision == Precision.INT8 ? X86 : ANY;
        }

        /** The fastest that runs on this machine's processor. */
        public static ModuleTarget ofThisCpu() {
            String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
            String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
            boolean x86 = architecture.equals("amd64") || architecture.equals("x86_64");
            return x86 && !system.startsWith("mac") ? X86 : ANY;
        }
    }
}
