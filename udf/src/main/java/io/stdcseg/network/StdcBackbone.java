// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.Convolution.Norm;
import java.util.ArrayList;
import java.util.List;

/**
 * STDC backbone: two strided convolutions, then stages of short-term dense concatenate blocks.
 *
 * @see <a href="https://github.com/MichaelFan01/STDC-Seg">The published code</a>, whose names the
 *     layers keep
 */
public final class StdcBackbone {

    private static final int STEM_CHANNELS = 32;
    private static final int FIRST_STAGE_CHANNELS = 256;
    private static final int CLASSIFIER_CHANNELS = 1024;

    /** How many classes the published backbones tell apart. */
    public static final int IMAGENET_CLASSES = 1000;

    private final Variant variant;
    private final String prefix;

    /**
     * @param prefix of every layer's name: {@code cp.backbone.} within the segmentation network,
     *     empty for the classifier alone
     */
    public StdcBackbone(Variant variant, String prefix) {
        this.variant = variant;
        this.prefix = prefix;
    }

    /** Features of a normalised RGB image at five sizes. */
    public <T> Features<T> features(Ops<T> ops, T image) {
        T at2 = ops.convolve(image, stem(0, 3, STEM_CHANNELS)); // 32, H/2, W/2
        T at4 = ops.convolve(at2, stem(1, STEM_CHANNELS, 2 * STEM_CHANNELS)); // 64, H/4, W/4
        List<T> stages = new ArrayList<>();
        T x = at4;
        int index = 2;
        int inputs = 2 * STEM_CHANNELS;
        int outputs = FIRST_STAGE_CHANNELS;
        for (int blocks : variant.blocksPerStage()) {
            for (int b = 0; b < blocks; b++) {
                x = block(ops, x, prefix + "features." + index++, inputs, outputs, b == 0);
                inputs = outputs;
            }
            stages.add(x); // 256, H/8, W/8; 512, H/16, W/16; 1024, H/32, W/32
            outputs *= 2;
        }
        return new Features<>(at2, at4, stages.get(0), stages.get(1), stages.get(2));
    }

    /**
     * Scores of a picture's classes from its features; unused in segmentation, but part of
     * checkpoints, with {@link #IMAGENET_CLASSES}.
     */
    public <T> T classify(Ops<T> ops, Features<T> features, int classes) {
        int channels = CLASSIFIER_CHANNELS;
        T x =
                ops.convolve(
                        features.at32(),
                        Convolution.of(prefix + "conv_last.conv", channels, channels, 1)
                                .normalised(prefix + "conv_last.bn", Norm.PLAIN)
                                .activated(Activation.RELU)); // 1024, H/32, W/32
        x = ops.globalAveragePool(ops.multiply(x, x)); // 1024, 1, 1
        x =
                ops.convolve(
                        x,
                        Convolution.linear(prefix + "fc", channels, channels)
                                .activated(Activation.RELU)); // 1024, 1, 1
        x = ops.dropout(x);
        return ops.convolve(
                x, Convolution.linear(prefix + "linear", channels, classes)); // classes, 1, 1
    }

    /** Four convolutions, each on the one before, all of them side by side in the result. */
    private static <T> T block(
            Ops<T> ops, T x, String name, int inputs, int outputs, boolean halve) {
        T first = ops.convolve(x, member(name, 0, inputs, outputs / 2, 1)); // C/2, H, W
        T next = first;
        if (halve) {
            String avd = name + ".avd_layer.";
            Convolution shrink =
                    Convolution.depthwise(avd + "0", outputs / 2)
                            .strided(2)
                            .normalised(avd + "1", Norm.PLAIN);
            next = ops.convolve(first, shrink); // C/2, H/2, W/2
            first = ops.averagePool(first); // C/2, H/2, W/2
        }
        T second = ops.convolve(next, member(name, 1, outputs / 2, outputs / 4, 3)); // C/4
        T third = ops.convolve(second, member(name, 2, outputs / 4, outputs / 8, 3)); // C/8
        T fourth = ops.convolve(third, member(name, 3, outputs / 8, outputs / 8, 3)); // C/8
        return ops.concat(List.of(first, second, third, fourth)); // C
    }

    private static Convolution member(
            String block, int index, int inputs, int outputs, int kernel) {
        return activated(block + ".conv_list." + index, inputs, outputs, kernel);
    }

    private Convolution stem(int index, int inputs, int outputs) {
        return activated(prefix + "features." + index, inputs, outputs, 3).strided(2);
    }

    private static Convolution activated(String name, int inputs, int outputs, int kernel) {
        return Convolution.of(name + ".conv", inputs, outputs, kernel)
                .normalised(name + ".bn", Norm.PLAIN)
                .activated(Activation.RELU);
    }

    /**
     * Features at five strides, by which they are named.
     *
     * @param at2 32 channels
     * @param at4 64 channels
     * @param at8 256 channels
     * @param at16 512 channels
     * @param at32 1024 channels
     */
    public record Features<T>(T at2, T at4, T at8, T at16, T at32) {}
}
