// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Context;
import io.stdcseg.network.Features;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Normalisation;
import io.stdcseg.network.Outputs;
import io.stdcseg.network.StdcSeg;
import io.stdcseg.network.TensorData;
import java.util.List;
import java.util.Map;

/** Writes the methods of an archive's class. */
final class ArtefactCode implements ArchiveCode {

    private final Constants constants = new Constants();
    private final StringBuilder methods = new StringBuilder();
    private final StdcSeg network;
    private final Map<String, TensorData> weights;
    private final ArtefactOptions options;
    private final ConvolutionCode convolutions;

    ArtefactCode(ModelSpec spec, Map<String, TensorData> weights, ArtefactOptions options) {
        this.network = new StdcSeg(spec);
        this.weights = weights;
        this.options = options;
        this.convolutions =
                options.target() == ArtefactTarget.X86
                        ? new PackedConvolutions()
                        : new PlainConvolutions();
        normalise();
        resize();
        if (options.output() == ArtefactOutput.MASKS) {
            coarseScores();
            masks();
        } else {
            heads();
        }
    }

    @Override
    public String text() {
        return "class "
                + CLASS
                + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + convolutions.attributes()
                + (hasPreparation() ? preparation() : "")
                + methods;
    }

    @Override
    public boolean hasPreparation() {
        return !convolutions.preparation().isEmpty();
    }

    private String preparation() {
        String self = "(self: __torch__." + CLASS;
        return "  def __getstate__"
                + self
                + ") -> bool:\n    return self.training\n"
                + "  def __setstate__"
                + self
                + ", state: bool) -> NoneType:\n    self.training = state\n"
                + convolutions.preparation()
                + "    return None\n";
    }

    @Override
    public Constants constants() {
        return constants;
    }

    /** Levels, channels before rows, to what the network was trained on, channels last. */
    private void normalise() {
        Program body = new Program();
        String scale = constants.add(TensorData.of(Normalisation.scale(), 3));
        String shift = constants.add(TensorData.of(Normalisation.shift(), 3));
        // Whole rows of red, green, blue, so that the arithmetic runs over long stretches.
        String rows = body.let("torch.flatten(torch.permute(x, [0, 2, 3, 1]), 2)");
        String columns = body.let("torch.size(x, 3)");
        String normal =
                body.let(
                        "torch.addcmul(torch.repeat(%s, [%s]), %s, torch.repeat(%s, [%s]))",
                        shift, columns, rows, scale, columns);
        String picture =
                body.let(
                        "torch.reshape(%s, [torch.size(x, 0), torch.size(x, 2), %s, 3])",
                        normal, columns);
        body.line("return " + picture);
        method("normalise", "x: Tensor", "Tensor", body);
    }

    /** Bilinear, corner on corner; nothing where the size is right. */
    private void resize() {
        Program body = new Program();
        String same = body.let("torch.eq([torch.size(x, 2), torch.size(x, 3)], [height, width])");
        body.line("if " + same + ":");
        body.line("  y = x");
        body.line("else:");
        body.line("  y = torch.upsample_bilinear2d(x, [height, width], True, None)");
        body.line("return y");
        method("resize", "x: Tensor, height: int, width: int", "Tensor", body);
    }

    /** The network alone; what {@link TorchScriptWriter#SCORES} promises. */
    private void coarseScores() {
        Program body = new Program();
        ScriptOps ops = ops(body);
        String image = body.let("torch.permute(%s, [0, 3, 1, 2])", ops.narrowed("x"));
        String scores = ops.single(network.logits(ops, image));
        body.line("return torch.contiguous(torch.permute(" + scores + ", [0, 2, 3, 1]))");
        method(TorchScriptWriter.SCORES, "x: Tensor", "Tensor", body);
    }

    /** Pictures to train ids: the published evaluation. */
    private void masks() {
        Program body = new Program();
        body.line("rows = torch.size(x, 1)");
        body.line("columns = torch.size(x, 2)");
        String levels = body.let("torch.to(torch.permute(x, [0, 3, 1, 2]), %d)", ScalarTypes.FLOAT);
        boolean several = options.scales().size() > 1 || options.flip();
        String sum = null;
        for (InputScale scale : options.scales()) {
            String height = body.let(heightOf(scale));
            String width = body.let(widthOf(scale));
            String image = body.let("(self).resize(%s, %s, %s, )", levels, height, width);
            String normal = body.let("(self).normalise(%s, )", image);
            String scores = scores(body, normal);
            sum = look(body, sum, scores, height, width, several);
            if (options.flip()) {
                String mirrored = scores(body, body.let("torch.flip(%s, [2])", normal));
                scores = body.let("torch.flip(%s, [3])", mirrored);
                sum = look(body, sum, scores, height, width, true);
            }
        }
        body.line("best, index = torch.max(" + sum + ", 1, False)"); // faster than argmax
        body.line("return torch.to(index, " + ScalarTypes.BYTE + ")");
        method("forward", "x: Tensor", "Tensor", body);
    }

    /** The network's answer with channels before rows, as resizing wants it. */
    private static String scores(Program body, String normal) {
        return body.let(
                "torch.permute((self).%s(%s, ), [0, 3, 1, 2])", TorchScriptWriter.SCORES, normal);
    }

    /** Enlarges scores in two steps and adds them to those of the looks before. */
    private static String look(
            Program body, String sum, String scores, String height, String width, boolean several) {
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
        Program body = new Program();
        ScriptOps ops = ops(body);
        body.line("if torch.is_floating_point(x):");
        body.line("  normal = x");
        body.line("else:");
        body.line(
                "  levels = (self).normalise(torch.to(torch.permute(x, [0, 3, 1, 2]), "
                        + ScalarTypes.FLOAT
                        + "), )");
        body.line("  normal = torch.permute(levels, [0, 3, 1, 2])");
        String image = ops.narrowed("normal");
        Outputs<String> o = network.forward(ops, image);
        List<String> results = List.of(o.out(), o.out16(), o.out32());
        if (options.output() == ArtefactOutput.STAGES) {
            Context<String> c = o.context();
            Features<String> f = c.features();
            results =
                    List.of(
                            o.out(),
                            o.out16(),
                            o.out32(),
                            o.detail2(),
                            o.detail4(),
                            o.detail8(),
                            o.logits(),
                            c.cp8(),
                            c.cp16(),
                            f.at2(),
                            f.at4(),
                            f.at8(),
                            f.at16(),
                            f.at32());
        }
        List<String> floats = results.stream().map(ops::single).toList();
        body.line("return (" + String.join(", ", floats) + ")");
        String type =
                "Tuple[" + String.join(", ", floats.stream().map(x -> "Tensor").toList()) + "]";
        method("forward", "x: Tensor", type, body);
    }

    private ScriptOps ops(Program body) {
        return new ScriptOps(body, constants, weights, options.precision(), convolutions);
    }

    private void method(String name, String parameters, String type, Program body) {
        methods.append("  def ")
                .append(name)
                .append("(self: __torch__.")
                .append(CLASS)
                .append(", ")
                .append(parameters)
                .append(") -> ")
                .append(type)
                .append(":\n")
                .append(body.text());
    }
}
