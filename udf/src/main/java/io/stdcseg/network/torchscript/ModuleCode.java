// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Normalisation;
import io.stdcseg.network.Precision;
import io.stdcseg.network.StdcBackbone.Features;
import io.stdcseg.network.StdcSeg;
import io.stdcseg.network.StdcSeg.Context;
import io.stdcseg.network.StdcSeg.Outputs;
import io.stdcseg.network.torchscript.ModuleConstants.ScalarTypes;
import io.stdcseg.network.torchscript.PrepackedWeights.PrepackedParts;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleOutput;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.tensor.TensorData;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the methods of an archive's class. */
final class ModuleCode {

    private static final String FORWARD = "forward";
    private static final String PACKED = PrepackedWeights.NAME;

    private final ModuleClass archive = new ModuleClass();
    private final ModuleConstants constants = archive.constants();
    private final StdcSeg network;
    private final Map<String, TensorData> weights;
    private final TorchScriptOptions options;

    private ModuleCode(
            ModelSpec spec, Map<String, TensorData> weights, TorchScriptOptions options) {
        this.network = new StdcSeg(spec);
        this.weights = weights;
        this.options = options;
    }

    /** The class of an archive that does what {@code options} say. */
    static ModuleClass write(
            ModelSpec spec, Map<String, TensorData> weights, TorchScriptOptions options) {
        ModuleCode code = new ModuleCode(spec, weights, options);
        code.normalise();
        code.resize();
        if (options.output() == ModuleOutput.MASKS) {
            code.coarseScores();
            code.masks();
        } else {
            code.heads();
        }
        return code.archive;
    }

    /** Levels, channels before rows, to what the network was trained on, channels last. */
    private void normalise() {
        MethodCode body = new MethodCode();
        String pictures = body.let("torch.permute(x, [0, 2, 3, 1])");
        float[] scale = Normalisation.scale();
        float[] shift = Normalisation.shift();
        body.line("return " + PixelCode.scaled(body, constants, pictures, scale, shift));
        archive.method("normalise", "x: Tensor", "Tensor", body);
    }

    /** Bilinear, corner on corner; nothing where the size is right. */
    private void resize() {
        MethodCode body = new MethodCode();
        String same = body.let("torch.eq([torch.size(x, 2), torch.size(x, 3)], [height, width])");
        body.line("if " + same + ":");
        body.line("  y = x");
        body.line("else:");
        body.line("  y = torch.upsample_bilinear2d(x, [height, width], True, None)");
        body.line("return y");
        archive.method("resize", "x: Tensor, height: int, width: int", "Tensor", body);
    }

    /** The network alone; what {@link TorchScriptWriter#SCORES} promises. */
    private void coarseScores() {
        MethodCode body = new MethodCode();
        String scores = scores(ops(body));
        body.line("return torch.contiguous(torch.permute(" + scores + ", [0, 2, 3, 1]))");
        method(TorchScriptWriter.SCORES, body);
        packing(TorchScriptWriter.SCORES);
    }

    /** A method that takes packed weights where there are any. */
    private void method(String name, MethodCode body) {
        String parameters = packs() ? "x: Tensor, " + PACKED + ": List[Tensor]" : "x: Tensor";
        archive.method(name, parameters, "Tensor", body);
    }

    /** What {@link TorchScriptWriter#PACKING} promises. */
    private void packing(String name) {
        MethodCode body = new MethodCode();
        PrepackedWeights.declare(body);
        body.line("return (" + call(name, "x", PACKED) + ", " + PACKED + ")");
        String type = "Tuple[Tensor, List[Tensor]]";
        archive.method(name + TorchScriptWriter.PACKING, "x: Tensor", type, body);
    }

    /** A call of such a method. */
    private String call(String name, String x, String weights) {
        return String.format(
                Locale.ROOT, "(self).%s(%s, %s)", name, x, packs() ? weights + ", " : "");
    }

    private boolean packs() {
        return options.target() == ModuleTarget.X86;
    }

    private <T> String scores(ProgramOps<T> ops) {
        return ops.single(network.logits(ops, ops.image("x")));
    }

    private void masks() {
        if (packs()) {
            method(TorchScriptWriter.MASKS, looks());
            packing(TorchScriptWriter.MASKS);
            MethodCode body = new MethodCode();
            PrepackedWeights.declare(body);
            body.line("return " + call(TorchScriptWriter.MASKS, "x", PACKED));
            archive.method(FORWARD, "x: Tensor", "Tensor", body);
        } else {
            method(FORWARD, looks());
        }
    }

    /** Pictures to train ids: the published evaluation. */
    private MethodCode looks() {
        MethodCode body = new MethodCode();
        body.line("rows = torch.size(x, 1)");
        body.line("columns = torch.size(x, 2)");
        String levels = body.let("torch.to(torch.permute(x, [0, 3, 1, 2]), %d)", ScalarTypes.FLOAT);
        List<InputScale> scales = options.scales();
        boolean several = options.views() > 1;
        PrepackedParts weights = packs() ? new PrepackedParts(body, scales.size()) : null;
        String sum = null;
        for (InputScale scale : scales) {
            String height = body.let(heightOf(scale));
            String width = body.let(widthOf(scale));
            String image = body.let("(self).resize(%s, %s, %s, )", levels, height, width);
            String normal = body.let("(self).normalise(%s, )", image);
            String packed = packs() ? weights.begin() : "";
            String scores = scores(body, normal, packed);
            sum = look(body, sum, scores, height, width, several);
            if (options.flip()) {
                String mirrored = body.let("torch.flip(%s, [2])", normal);
                scores = body.let("torch.flip(%s, [3])", scores(body, mirrored, packed));
                sum = look(body, sum, scores, height, width, several);
            }
            if (packs()) {
                weights.end(packed);
            }
        }
        body.line("best, index = torch.max(" + sum + ", 1, False)"); // faster than argmax
        body.line("return torch.to(index, " + ScalarTypes.BYTE + ")");
        return body;
    }

    /** The network's answer with channels before rows, as resizing wants it. */
    private String scores(MethodCode body, String normal, String packed) {
        String scores = call(TorchScriptWriter.SCORES, normal, packed);
        return body.let("torch.permute(%s, [0, 3, 1, 2])", scores);
    }

    /** Enlarges scores in two steps and adds them to those of the looks before. */
    private static String look(
            MethodCode body,
            String sum,
            String scores,
            String height,
            String width,
            boolean several) {
        String large = body.let("(self).resize(%s, %s, %s, )", scores, height, width);
        String full = body.let("(self).resize(%s, rows, columns, )", large);
        if (!several) {
            return full;
        }
        String shares = body.let("torch.softmax(%s, 1)", full);
        return sum == null ? shares : body.let("torch.add(%s, %s)", sum, shares);
    }

    private static String heightOf(InputScale scale) {
        return scale.height() > 0
                ? Integer.toString(scale.height())
                : "ops.prim.max(int(torch.mul(rows, " + scale.factor() + ")), 1)";
    }

    /** The arithmetic of {@link InputScale#inputWidth}. */
    private static String widthOf(InputScale scale) {
        return scale.height() > 0
                ? "ops.prim.max(torch.floordiv(torch.add(torch.mul(columns, "
                        + 2L * scale.height()
                        + "), rows), torch.mul(rows, 2)), 1)"
                : "ops.prim.max(int(torch.mul(columns, " + scale.factor() + ")), 1)";
    }

    private void heads() {
        MethodCode body = new MethodCode();
        body.line("if torch.is_floating_point(x):");
        body.line("  normal = torch.permute(x, [0, 2, 3, 1])");
        body.line("else:");
        body.line(
                "  normal = (self).normalise(torch.to(torch.permute(x, [0, 3, 1, 2]), "
                        + ScalarTypes.FLOAT
                        + "), )");
        if (packs()) {
            PrepackedWeights.declare(body);
        }
        List<String> results = results(ops(body));
        body.line("return (" + String.join(", ", results) + ")");
        String type =
                "Tuple[" + String.join(", ", results.stream().map(x -> "Tensor").toList()) + "]";
        archive.method(FORWARD, "x: Tensor", type, body);
    }

    private <T> List<String> results(ProgramOps<T> ops) {
        boolean stages = options.output() == ModuleOutput.STAGES;
        List<Integer> details = stages ? List.of(8) : List.of();
        Outputs<T> o = network.forward(ops, ops.image("normal"), details);
        List<T> results = List.of(o.out(), o.out16(), o.out32());
        if (stages) {
            Context<T> c = o.context();
            Features<T> f = c.features();
            results =
                    List.of(
                            o.out(),
                            o.out16(),
                            o.out32(),
                            o.details().get(8),
                            o.logits(),
                            c.cp8(),
                            c.cp16(),
                            f.at2(),
                            f.at4(),
                            f.at8(),
                            f.at16(),
                            f.at32());
        }
        return results.stream().map(ops::single).toList();
    }

    private ProgramOps<?> ops(MethodCode body) {
        if (options.precision() == Precision.INT8) {
            return new QuantisedOps(body, constants, weights, new PrepackedWeights(body));
        }
        ConvolutionCode convolutions =
                packs()
                        ? new PrepackedConvolutions(new PrepackedWeights(body))
                        : new PlainConvolutions();
        return new ScriptOps(body, constants, weights, options.precision(), convolutions);
    }
}
