// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.InputScale;
import io.stdcseg.network.torchscript.ModuleConstants.ScalarTypes;
import io.stdcseg.network.torchscript.PrepackedWeights.PrepackedParts;
import java.util.List;

/**
 * Code of the published evaluation, from pictures to train ids: the network at each scale, mirrored
 * too if that is asked for, softmax scores added up.
 */
final class EvaluationCode {

    private static final String PACKED = PrepackedWeights.NAME;

    private final ScriptModule module;
    private final PackedMethods methods;
    private final TorchScriptOptions options;
    private final MethodCode body = new MethodCode();

    EvaluationCode(ScriptModule module, PackedMethods methods, TorchScriptOptions options) {
        this.module = module;
        this.methods = methods;
        this.options = options;
    }

    /** Adds {@code forward}, and {@link TorchScriptWriter#MASKS} where weights are packed. */
    void write() {
        evaluate();
        if (!methods.packed()) {
            methods.add(ModuleCode.FORWARD, body);
            return;
        }
        methods.add(TorchScriptWriter.MASKS, body);
        methods.addPacking(TorchScriptWriter.MASKS);
        MethodCode forward = new MethodCode();
        PrepackedWeights.declare(forward);
        forward.line("return " + methods.call(TorchScriptWriter.MASKS, "x", PACKED));
        module.method(ModuleCode.FORWARD, "x: Tensor", "Tensor", forward);
    }

    private void evaluate() {
        body.line("rows = torch.size(x, 1)");
        body.line("columns = torch.size(x, 2)");
        String levels = body.let("torch.to(torch.permute(x, [0, 3, 1, 2]), %d)", ScalarTypes.FLOAT);
        List<InputScale> scales = options.scales();
        PrepackedParts weights = methods.packed() ? new PrepackedParts(body, scales.size()) : null;
        String sum = null;
        for (InputScale scale : scales) {
            String height = body.let(heightOf(scale));
            String width = body.let(widthOf(scale));
            String image = body.let("(self).resize(%s, %s, %s, )", levels, height, width);
            String normal = body.let("(self).normalise(%s, )", image);
            String packed = methods.packed() ? weights.begin() : "";
            String scores = scores(normal, packed);
            sum = add(sum, scores, height, width);
            if (options.flip()) {
                String mirrored = body.let("torch.flip(%s, [2])", normal);
                scores = body.let("torch.flip(%s, [3])", scores(mirrored, packed));
                sum = add(sum, scores, height, width);
            }
            if (methods.packed()) {
                weights.end(packed);
            }
        }
        body.line("best, index = torch.max(" + sum + ", 1, False)"); // faster than argmax
        body.line("return torch.to(index, " + ScalarTypes.BYTE + ")");
    }

    /** The network's answer with channels before rows, as resizing wants it. */
    private String scores(String normal, String packed) {
        String scores = methods.call(TorchScriptWriter.SCORES, normal, packed);
        return body.let("torch.permute(%s, [0, 3, 1, 2])", scores);
    }

    /** Enlarges the scores of one view in two steps and adds them to those of the views before. */
    private String add(String sum, String scores, String height, String width) {
        String large = body.let("(self).resize(%s, %s, %s, )", scores, height, width);
        String full = body.let("(self).resize(%s, rows, columns, )", large);
        if (options.views() == 1) {
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
}
