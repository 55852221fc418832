// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.Convolution.Norm;
import io.stdcseg.network.StdcBackbone.Features;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * STDC-Seg, the segmentation network: the only place where its architecture stands. What a call
 * yields is up to the {@link Ops}. Stateless.
 *
 * <p>Shapes in comments are channels, rows, columns for an image of H by W; where 2 does not divide
 * a size, the next one is rounded up.
 *
 * @see <a href="https://github.com/MichaelFan01/STDC-Seg">The published code</a>, whose names the
 *     layers keep
 */
public final class StdcSeg {

    /**
     * Where there are detail heads: at 1/2 of the image's size and so on. The published training
     * uses the one at 1/8; the weights of all are in every checkpoint.
     */
    public static final List<Integer> DETAILS = List.of(2, 4, 8, 16);

    private static final int CONTEXT = 128;
    private static final int FUSED = 256;
    private static final int HEAD = 64;

    private final ModelSpec spec;
    private final StdcBackbone backbone;

    public StdcSeg(ModelSpec spec) {
        this.spec = spec;
        this.backbone = new StdcBackbone(spec.variant(), "cp.backbone.");
    }

    /** The backbone, which also classifies. */
    public StdcBackbone backbone() {
        return backbone;
    }

    /** Scores at 1/8 of a normalised RGB image: all that inference needs. */
    public <T> T logits(Ops<T> ops, T image) {
        return mainHead(ops, context(ops, image));
    }

    /**
     * All heads but those for details, and of these the ones that are asked for.
     *
     * @param details of {@link #DETAILS}, in order
     */
    public <T> Outputs<T> forward(Ops<T> ops, T image, List<Integer> details) {
        Context<T> context = context(ops, image);
        Features<T> features = context.features();
        int classes = spec.classes();
        T logits = mainHead(ops, context); // classes, H/8, W/8
        T logits16 = head(ops, context.cp8(), "conv_out16", CONTEXT, HEAD, classes); // H/8, W/8
        T logits32 = head(ops, context.cp16(), "conv_out32", CONTEXT, HEAD, classes); // H/16, W/16
        return new Outputs<>(
                ops.upsampleBilinear(logits, image), // classes, H, W
                ops.upsampleBilinear(logits16, image), // classes, H, W
                ops.upsampleBilinear(logits32, image), // classes, H, W
                details(ops, features, details),
                logits,
                context);
    }

    private static <T> Map<Integer, T> details(
            Ops<T> ops, Features<T> features, List<Integer> sizes) {
        Map<Integer, T> details = new LinkedHashMap<>();
        for (int size : sizes) {
            details.put(size, detail(ops, features, size));
        }
        return details;
    }

    private static <T> T detail(Ops<T> ops, Features<T> features, int size) {
        return switch (size) {
            case 2 -> head(ops, features.at2(), "conv_out_sp2", 32, HEAD, 1); // 1, H/2, W/2
            case 4 -> head(ops, features.at4(), "conv_out_sp4", 64, HEAD, 1); // 1, H/4, W/4
            case 8 -> head(ops, features.at8(), "conv_out_sp8", 256, HEAD, 1); // 1, H/8, W/8
            case 16 -> head(ops, features.at16(), "conv_out_sp16", 512, HEAD, 1); // 1, H/16, W/16
            default -> throw new IllegalArgumentException("no detail head at 1/" + size);
        };
    }

    private <T> Context<T> context(Ops<T> ops, T image) {
        Features<T> f = backbone.features(ops, image);
        T average = ops.globalAveragePool(f.at32()); // 1024, 1, 1
        average = ops.convolve(average, activated("cp.conv_avg", 1024, CONTEXT, 1)); // 128, 1, 1

        T x = refine(ops, f.at32(), "cp.arm32", 1024); // 128, H/32, W/32
        x = ops.add(x, average);
        Convolution head32 = activated("cp.conv_head32", CONTEXT, CONTEXT, 3);
        T cp16 = ops.convolveUpsampled(x, f.at16(), head32); // 128, H/16, W/16

        x = refine(ops, f.at16(), "cp.arm16", 512); // 128, H/16, W/16
        x = ops.add(x, cp16);
        Convolution head16 = activated("cp.conv_head16", CONTEXT, CONTEXT, 3);
        T cp8 = ops.convolveUpsampled(x, f.at8(), head16); // 128, H/8, W/8
        return new Context<>(f, cp8, cp16);
    }

    /** Attention refinement: each map weighed by what its mean says. */
    private static <T> T refine(Ops<T> ops, T x, String name, int inputs) {
        T maps = ops.convolve(x, activated(name + ".conv", inputs, CONTEXT, 3)); // 128, h, w
        Convolution attention =
                Convolution.of(name + ".conv_atten", CONTEXT, CONTEXT, 1)
                        .normalised(name + ".bn_atten", Norm.IN_PLACE)
                        .activated(Activation.SIGMOID);
        return ops.multiply(
                maps, ops.convolve(ops.globalAveragePool(maps), attention)); // 128, h, w
    }

    private <T> T mainHead(Ops<T> ops, Context<T> context) {
        T fused = fuse(ops, context.features().at8(), context.cp8()); // 256, H/8, W/8
        return head(ops, fused, "conv_out", FUSED, FUSED, spec.classes()); // classes, H/8, W/8
    }

    /** Feature fusion: detail and context side by side, then attention over the channels. */
    private static <T> T fuse(Ops<T> ops, T detail, T context) {
        T maps = ops.concat(List.of(detail, context)); // 384, H/8, W/8
        maps = ops.convolve(maps, activated("ffm.convblk", 256 + CONTEXT, FUSED, 1)); // 256
        Convolution squeeze =
                Convolution.of("ffm.conv1", FUSED, FUSED / 4, 1).activated(Activation.RELU);
        Convolution excite =
                Convolution.of("ffm.conv2", FUSED / 4, FUSED, 1).activated(Activation.SIGMOID);
        T gate = ops.convolve(ops.globalAveragePool(maps), squeeze); // 64, 1, 1
        gate = ops.convolve(gate, excite); // 256, 1, 1
        return ops.add(ops.multiply(maps, gate), maps); // 256, H/8, W/8
    }

    private static <T> T head(Ops<T> ops, T x, String name, int inputs, int middle, int outputs) {
        T maps = ops.convolve(x, activated(name + ".conv", inputs, middle, 3)); // middle, h, w
        return ops.convolve(maps, Convolution.of(name + ".conv_out", middle, outputs, 1));
    }

    private static Convolution activated(String name, int inputs, int outputs, int kernel) {
        return Convolution.of(name + ".conv", inputs, outputs, kernel)
                .normalised(name + ".bn", Norm.IN_PLACE)
                .activated(Activation.RELU);
    }

    /**
     * The backbone's features and what the context path makes of them.
     *
     * @param features of the backbone
     * @param cp8 128 channels at 1/8
     * @param cp16 128 channels at 1/16
     */
    public record Context<T>(Features<T> features, T cp8, T cp16) {}

    /**
     * Everything the network computes in training.
     *
     * @param out scores of the main head at the input's size
     * @param out16 scores of the auxiliary head on {@code cp8}, at the input's size
     * @param out32 scores of the auxiliary head on {@code cp16}, at the input's size
     * @param details boundary scores, one channel, of the detail heads that were asked for: at 1/2
     *     by 2 and so on
     * @param logits scores of the main head at 1/8, before they are resized
     * @param context what the heads saw
     */
    public record Outputs<T>(
            T out, T out16, T out32, Map<Integer, T> details, T logits, Context<T> context) {}
}
