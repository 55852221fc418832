// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.shape;

import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.StdcBackbone;
import io.stdcseg.network.StdcBackbone.Features;
import io.stdcseg.network.StdcSeg;
import io.stdcseg.network.Variant;
import io.stdcseg.network.shape.ShapeOps.MapShape;
import java.util.List;

/**
 * Summary of a network: its layers, parameters, and multiply-accumulate operations (MACs) for one
 * picture, found without computing anything.
 *
 * @param spec of the network
 * @param height of the network's input
 * @param width of the network's input
 * @param parameters of the published network: with the auxiliary and detail heads and with the
 *     backbone's classifier, which segmentation does not use
 * @param inferenceParameters of the layers that a mask depends on
 * @param macs multiply-accumulate operations for one mask; only convolutions count
 * @param backboneMacs those of them in the backbone
 * @param layers that a mask depends on, in order
 */
public record NetworkSummary(
        ModelSpec spec,
        int height,
        int width,
        long parameters,
        long inferenceParameters,
        long macs,
        long backboneMacs,
        List<Layer> layers) {

    private static final String BACKBONE = "cp.backbone.";
    private static final int IMAGENET_SIZE = 224;

    /** Sums up a network at an input size. */
    public static NetworkSummary of(ModelSpec spec, int height, int width) {
        ShapeOps ops = new ShapeOps();
        new StdcSeg(spec).logits(ops, image(height, width));
        List<Layer> layers = List.copyOf(ops.layers());
        return new NetworkSummary(
                spec,
                height,
                width,
                StateDictLayout.parameters(spec),
                layers.stream().mapToLong(Layer::parameters).sum(),
                layers.stream().mapToLong(Layer::macs).sum(),
                layers.stream()
                        .filter(layer -> layer.name().startsWith(BACKBONE))
                        .mapToLong(Layer::macs)
                        .sum(),
                layers);
    }

    /**
     * The backbone's cost in ImageNet classification at 224x224 as its authors state it, 813 M and
     * 1446 M: multiplications with addition in all convolutions and in both linear layers (806 M
     * and 1437 M), and beside them, as ptflops counts, two operations for each number behind a
     * norm, one behind a ReLU, one for each that is averaged.
     */
    public static long classifierMacs(Variant variant) {
        ShapeOps ops = new ShapeOps();
        StdcBackbone backbone = new StdcBackbone(variant, "");
        Features<MapShape> features = backbone.features(ops, image(IMAGENET_SIZE, IMAGENET_SIZE));
        backbone.classify(ops, features, StdcBackbone.IMAGENET_CLASSES);
        return ops.layers().stream().mapToLong(Layer::macs).sum() + ops.elementOperations();
    }

    private static MapShape image(int height, int width) {
        return new MapShape(3, height, width);
    }
}
