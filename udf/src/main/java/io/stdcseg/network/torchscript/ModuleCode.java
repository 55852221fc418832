// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.ExportOps;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Normalisation;
import io.stdcseg.network.Precision;
import io.stdcseg.network.StdcBackbone.Features;
import io.stdcseg.network.StdcSeg;
import io.stdcseg.network.StdcSeg.Context;
import io.stdcseg.network.StdcSeg.Outputs;
import io.stdcseg.network.torchscript.ModuleConstants.ScalarTypes;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleOutput;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.tensor.TensorData;
import java.util.List;
import java.util.Map;

/** Code of a module: the methods of an archive's class. */
final class ModuleCode {

    static final String FORWARD = "forward";

    private final ScriptModule module = new ScriptModule();
    private final ModuleConstants constants = module.constants();
    private final PackedMethods methods;
    private final StdcSeg network;
    private final Map<String, TensorData> weights;
    private final TorchScriptOptions options;

    private ModuleCode(
            ModelSpec spec, Map<String, TensorData> weights, TorchScriptOptions options) {
        this.network = new StdcSeg(spec);
        this.weights = weights;
        this.options = options;
        this.methods = new PackedMethods(module, options.target() == ModuleTarget.X86);
    }

    /** The class of an archive that does what {@code options} say. */
    static ScriptModule write(
            ModelSpec spec, Map<String, TensorData> weights, TorchScriptOptions options) {
        ModuleCode code = new ModuleCode(spec, weights, options);
        code.normalise();
        code.resize();
        if (options.output() == ModuleOutput.MASKS) {
            code.coarseScores();
            new EvaluationCode(code.module, code.methods, options).write();
        } else {
            code.heads();
        }
        return code.module;
    }

    /** Levels, channels before rows, to what the network was trained on, channels last. */
    private void normalise() {
        MethodCode body = new MethodCode();
        String pictures = body.let("torch.permute(x, [0, 2, 3, 1])");
        TensorData scale = TensorData.of(Normalisation.scale(), 3);
        TensorData shift = TensorData.of(Normalisation.shift(), 3);
        body.line("return " + LayoutCode.scaled(body, constants, pictures, scale, shift));
        module.method("normalise", "x: Tensor", "Tensor", body);
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
        module.method("resize", "x: Tensor, height: int, width: int", "Tensor", body);
    }

    /** The network alone; what {@link TorchScriptWriter#SCORES} promises. */
    private void coarseScores() {
        MethodCode body = new MethodCode();
        String scores = scores(ops(body));
        body.line("return torch.contiguous(torch.permute(" + scores + ", [0, 2, 3, 1]))");
        methods.add(TorchScriptWriter.SCORES, body);
        methods.addPacking(TorchScriptWriter.SCORES);
    }

    private <T> String scores(ExportOps<T, String> ops) {
        return ops.single(network.logits(ops, ops.input("x")));
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
        if (methods.packed()) {
            PrepackedWeights.declare(body);
        }
        List<String> results = results(ops(body));
        body.line("return (" + String.join(", ", results) + ")");
        String type =
                "Tuple[" + String.join(", ", results.stream().map(x -> "Tensor").toList()) + "]";
        module.method(FORWARD, "x: Tensor", type, body);
    }

    private <T> List<String> results(ExportOps<T, String> ops) {
        boolean stages = options.output() == ModuleOutput.STAGES;
        List<Integer> details = stages ? List.of(8) : List.of();
        Outputs<T> o = network.forward(ops, ops.input("normal"), details);
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

    private ExportOps<?, String> ops(MethodCode body) {
        if (options.precision() == Precision.INT8) {
            return new Int8Ops(body, constants, weights, new PrepackedWeights(body));
        }
        ConvolutionCode convolutions =
                methods.packed()
                        ? new OneDnnConvolutions(new PrepackedWeights(body))
                        : new AtenConvolutions();
        return new ScriptOps(body, constants, weights, options.precision(), convolutions);
    }
}
