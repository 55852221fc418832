// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.InputScale;
import io.stdcseg.network.torchscript.ModuleConstants.ScalarTypes;
import io.stdcseg.network.torchscript.PrepackedWeights.PrepackedParts;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import java.util.List;

/**
 * Code of the published evaluation, from pictures to train ids: the network at each scale, mirrored
 * too if that is asked for, softmax scores added up.
 */
final class EvaluationCode {

    private static final String PACKED = PrepackedWeights.NAME;

    /** From 8-bit (pictures, rows, columns, 3) to floats, channels before rows as they lie. */
    private static final String LEVELS =
            "torch.to(torch.permute(x, [0, 3, 1, 2]), " + ScalarTypes.FLOAT + ")";

    /** The method from such levels to what {@link TorchScriptWriter#MASKS_AND_SCORES} gives. */
    private static final String OF_LEVELS = "of_levels";

    private final ScriptModule module;
    private final PackedMethods methods;
    private final TorchScriptOptions options;
    private final MethodCode body = new MethodCode();

    /** The network's answer to the last view. */
    private String coarse;

    EvaluationCode(ScriptModule module, PackedMethods methods, TorchScriptOptions options) {
        this.module = module;
        this.methods = methods;
        this.options = options;
    }

    /**
     * Adds {@code forward}, {@link TorchScriptWriter#MASKS} where weights are packed; where they
     * are not {@link TorchScriptWriter#OF_PLANES}, and {@link TorchScriptWriter#MASKS_AND_SCORES}
     * where there is one view.
     */
    void write() {
        if (!methods.packed()) {
            writeOfLevels();
            return;
        }
        body.line("rows = torch.size(x, 1)");
        body.line("columns = torch.size(x, 2)");
        body.line("return " + evaluate(body.let(LEVELS)));
        methods.add(TorchScriptWriter.MASKS, body);
        methods.addPacking(TorchScriptWriter.MASKS);
        MethodCode forward = new MethodCode();
        PrepackedWeights.declare(forward);
        forward.line("return " + methods.call(TorchScriptWriter.MASKS, "x", PACKED));
        module.method(ModuleCode.FORWARD, "x: Tensor", "Tensor", forward);
    }

    /** One evaluation, of whatever became levels. */
    private void writeOfLevels() {
        boolean one = options.views() == 1;
        String type = one ? "Tuple[Tensor, Tensor]" : "Tensor";
        body.line("rows = torch.size(x, 2)");
        body.line("columns = torch.size(x, 3)");
        String masks = evaluate("x");
        body.line("return " + (one ? "(" + masks + ", " + coarse + ")" : masks));
        module.method(OF_LEVELS, "x: Tensor", type, body);

        MethodCode rgb = new MethodCode();
        rgb.line("return " + methods.call(OF_LEVELS, rgb.let(LEVELS), ""));
        module.method(
                one ? TorchScriptWriter.MASKS_AND_SCORES : ModuleCode.FORWARD,
                "x: Tensor",
                type,
                rgb);
        if (one) {
            MethodCode forward = new MethodCode();
            forward.line(
                    "masks, scores = " + methods.call(TorchScriptWriter.MASKS_AND_SCORES, "x", ""));
            forward.line("return masks");
            methods.add(ModuleCode.FORWARD, forward);
        }

        PlanesCode.addLevels(module);
        MethodCode planes = new MethodCode();
        String levels = planes.let("(self).%s(x, numbers, )", PlanesCode.LEVELS);
        planes.line("return " + methods.call(OF_LEVELS, levels, ""));
        module.method(TorchScriptWriter.OF_PLANES, "x: Tensor, numbers: Tensor", type, planes);
    }

    /**
     * Gives the name of the masks.
     *
     * @param levels of {@code rows} and {@code columns}, channels before them, as floats
     */
    private String evaluate(String levels) {
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
        return body.let("torch.to(index, %d)", ScalarTypes.BYTE);
    }

    /**
     * The network's answer with channels before rows, as resizing wants it. On a GPU they also lie
     * so: CUDA's way to enlarge what lies channels last is made for many more channels than there
     * are classes, and takes no more than 2^31 numbers.
     */
    private String scores(String normal, String packed) {
        coarse = body.let(methods.call(TorchScriptWriter.SCORES, normal, packed));
        String maps = "torch.permute(" + coarse + ", [0, 3, 1, 2])";
        return body.let(
                options.target() == ModuleTarget.ANY ? "torch.contiguous(" + maps + ")" : maps);
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
