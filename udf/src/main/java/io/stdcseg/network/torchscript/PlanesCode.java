// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.torchscript.ModuleConstants.ScalarTypes;

/** Code that makes RGB of planar YUV 4:2:0, in whole numbers as FFmpeg's swscale does on x86. */
final class PlanesCode {

    /** The method from what {@link TorchScriptWriter#OF_PLANES} takes to levels. */
    static final String LEVELS = "levels_of_planes";

    private final MethodCode body = new MethodCode();

    private PlanesCode() {}

    /**
     * Adds the method; its levels are floats (pictures, 3, rows, columns) that lie channels last.
     */
    static void addLevels(ScriptModule module) {
        module.method(LEVELS, "x: Tensor, numbers: Tensor", "Tensor", new PlanesCode().levels());
    }

    /** Each chroma sample meets its 2x2 pixels by broadcasting. */
    private MethodCode levels() {
        body.line("pictures = torch.size(x, 0)");
        body.line("height = torch.floordiv(torch.size(x, 1), 3)");
        body.line("width = torch.floordiv(torch.size(x, 2), 2)");
        body.line("fourth = torch.mul(height, width)");
        String eights =
                body.let("torch.mul(torch.to(torch.flatten(x, 1), %d), 8)", ScalarTypes.INT);
        String y = plane(eights, 0, 4, "[pictures, height, 2, width, 2, 1]");
        String u = plane(eights, 4, 5, "[pictures, height, 1, width, 1, 1]");
        String v = plane(eights, 5, 6, "[pictures, height, 1, width, 1, 1]");
        String numbers = body.let("torch.reshape(numbers, [pictures, 1, 1, 1, 1, 8])");
        String offset = part(numbers, 0, 1);
        String luma = share(body.let("torch.sub(%s, %s)", y, offset), part(numbers, 1, 2));
        String ofU = share(body.let("torch.sub(%s, 1024)", u), part(numbers, 2, 5));
        String ofV = share(body.let("torch.sub(%s, 1024)", v), part(numbers, 5, 8));
        String sum = body.let("torch.add(%s, torch.add(%s, %s))", luma, ofU, ofV);
        String levels = body.let("torch.to(torch.clamp(%s, 0, 255), %d)", sum, ScalarTypes.FLOAT);
        body.line("size = [pictures, torch.mul(height, 2), torch.mul(width, 2), 3]");
        body.line("return " + LayoutCode.channelsFirst("torch.reshape(" + levels + ", size)"));
        return body;
    }

    /** A plane, from one fourth of the pixels to another. */
    private String plane(String bytes, int from, int to, String shape) {
        return body.let(
                "torch.reshape(torch.slice(%s, 1, torch.mul(fourth, %d), torch.mul(fourth, %d), 1),"
                        + " %s)",
                bytes, from, to, shape);
    }

    /** What samples add to colours, by some of the numbers. */
    private String share(String samples, String numbers) {
        return body.let("torch.bitwise_right_shift(torch.mul(%s, %s), 16)", samples, numbers);
    }

    private String part(String numbers, int from, int to) {
        return body.let("torch.slice(%s, 5, %d, %d, 1)", numbers, from, to);
    }
}
