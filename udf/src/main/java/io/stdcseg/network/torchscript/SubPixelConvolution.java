// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.network.torchscript.ConvolutionCode.Geometry;
import io.stdcseg.tensor.TensorData;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Sub-pixel convolution: a 3x3 convolution of maps that are upsampled to 2x2 (nearest neighbour),
 * written without upsampling them.
 *
 * <p>Such a convolution sees no more than 2x2 different pixels at a time. Along one axis of the
 * weights {@code w0 w1 w2} two meet the same pixel,
 *
 * <pre>
 * w0 + w1, w2   where the pixel of the result is the second of two, and
 * w0, w1 + w2   where it is the first of two,
 * </pre>
 *
 * <p>so that four convolutions of 2x2 on the small maps give the four pixels of each square of the
 * result: 16 multiplications instead of 36. They are one convolution with four times the outputs,
 * which then change places with pixels.
 *
 * <p>Where the result has an odd number of rows, its last pixels are not repeated, and what follows
 * them is zero: that row is computed from the last two rows alone. The same goes for columns.
 *
 * @see <a href="https://arxiv.org/abs/1707.02937">Aitken et al., Checkerboard artifact free
 *     sub-pixel convolution, 2017</a>
 */
final class SubPixelConvolution {

    private static final int KERNEL = 3;
    private static final int SMALL = 2;

    /** Both kinds have zeros all around. */
    private static final Geometry PADDED = new Geometry(1, 1, 1);

    private final MethodCode body;
    private final Convolutions convolutions;

    /** Writer of the convolutions in which it ends. */
    interface Convolutions {
        /** As {@link ConvolutionCode#prepare}, with the activation. */
        UnaryOperator<String> prepare(FoldedConvolution folded, Geometry geometry, String size);
    }

    SubPixelConvolution(MethodCode body, Convolutions convolutions) {
        this.body = body;
        this.convolutions = convolutions;
    }

    /**
     * Adds lines and gives the name of the result.
     *
     * @param x maps
     * @param like maps with twice the rows and columns, or one less
     * @param folded 3x3, all outputs from all inputs
     */
    String write(String x, String like, FoldedConvolution folded) {
        String pictures = body.let("torch.size(%s, 0)", x);
        String channels = body.let("torch.size(%s, 1)", x);
        String rows = body.let("torch.size(%s, 2)", x);
        String columns = body.let("torch.size(%s, 3)", x);
        String height = body.let("torch.size(%s, 2)", like);
        String width = body.let("torch.size(%s, 3)", like);
        String lastRows = body.let("ops.prim.min(%s, 2)", rows);
        String lastColumns = body.let("ops.prim.min(%s, 2)", columns);
        String size = "[%s, %s, %s, %s]";
        UnaryOperator<String> bottom =
                convolutions.prepare(
                        folded,
                        PADDED,
                        String.format(Locale.ROOT, size, pictures, channels, lastRows, width));
        UnaryOperator<String> right =
                convolutions.prepare(
                        folded,
                        PADDED,
                        String.format(Locale.ROOT, size, pictures, channels, height, lastColumns));
        UnaryOperator<String> squares =
                convolutions.prepare(squares(folded), PADDED, "torch.size(" + x + ")");
        String y = spread(body.let(squares.apply(x)), height, width);
        edge(y, x, rows, lastRows, height, 2, "[" + lastRows + ", " + width + "]", bottom);
        edge(y, x, columns, lastColumns, width, 3, "[" + height + ", " + lastColumns + "]", right);
        return y;
    }

    /** Outputs in fours to squares of pixels; those around the map are left out. */
    private String spread(String fours, String height, String width) {
        String pixels = body.let("torch.permute(%s, [0, 2, 3, 1])", fours);
        String split = body.let("torch.unflatten(%s, 3, [2, 2, -1])", pixels);
        String rows = body.let("torch.permute(%s, [0, 1, 3, 2, 4, 5])", split);
        String large = body.let("torch.flatten(torch.flatten(%s, 3, 4), 1, 2)", rows);
        String maps = body.let("torch.permute(%s, [0, 3, 1, 2])", large);
        return body.let("torch.narrow(torch.narrow(%s, 2, 1, %s), 3, 1, %s)", maps, height, width);
    }

    /** Puts the last row or column right where the result's size is odd. */
    private void edge(
            String y,
            String x,
            String small,
            String last,
            String large,
            int axis,
            String size,
            UnaryOperator<String> convolution) {
        body.line("if torch.ne(" + large + ", torch.mul(" + small + ", 2)):");
        String begin = "torch.sub(" + small + ", " + last + ")";
        body.line("  ends = " + narrow(x, axis, begin, last));
        body.line("  ends = torch.upsample_nearest2d(ends, " + size + ", None)");
        body.line("  ends = " + convolution.apply("ends"));
        body.line("  ends = " + narrow("ends", axis, "torch.sub(" + last + ", 1)", "1"));
        body.line("  begins = " + narrow(y, axis, "0", "torch.sub(" + large + ", 1)"));
        body.line("  " + y + " = torch.cat([begins, ends], " + axis + ")");
    }

    private static String narrow(String maps, int axis, String begin, String length) {
        return "torch.narrow(" + String.join(", ", maps, "" + axis, begin, length) + ")";
    }

    /** Filters of 2x2, for the four pixels of a square one after the other. */
    private static FoldedConvolution squares(FoldedConvolution folded) {
        int outputs = (int) folded.weight().shape()[0];
        int inputs = (int) folded.weight().shape()[1];
        float[] weights = folded.weight().toFloats();
        float[] biases = folded.bias().toFloats();
        int filters = outputs * inputs;
        float[] small = new float[SMALL * SMALL * filters * SMALL * SMALL];
        float[] smallBiases = new float[SMALL * SMALL * outputs];
        for (int square = 0; square < SMALL * SMALL; square++) {
            for (int filter = 0; filter < filters; filter++) {
                for (int tap = 0; tap < KERNEL * KERNEL; tap++) {
                    int row = meets(tap / KERNEL, square / SMALL);
                    int column = meets(tap % KERNEL, square % SMALL);
                    int to = ((square * filters + filter) * SMALL + row) * SMALL + column;
                    small[to] += weights[filter * KERNEL * KERNEL + tap];
                }
            }
            System.arraycopy(biases, 0, smallBiases, square * outputs, outputs);
        }
        return new FoldedConvolution(
                TensorData.of(small, SMALL * SMALL * (long) outputs, inputs, SMALL, SMALL),
                TensorData.of(smallBiases, smallBiases.length));
    }

    /**
     * Which of two pixels one of three weights meets. A square of the result begins one pixel
     * before a repeated one: its first pixel is the second of two.
     */
    private static int meets(int tap, int square) {
        return square == 0 ? tap / SMALL : (tap + 1) / SMALL;
    }
}
