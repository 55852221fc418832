// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.shape;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Norm;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.StdcBackbone;
import io.stdcseg.network.StdcBackbone.Features;
import io.stdcseg.network.StdcSeg;
import io.stdcseg.network.Variant;
import io.stdcseg.network.shape.ShapeOps.MapShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Layout of a network's state dictionary: the names and shapes of its tensors, in the order of a
 * published checkpoint. They do not depend on a picture's size.
 */
public final class StateDictLayout {

    private static final String FEATURES = "cp.backbone.features.";
    private static final String CLASSIFIER_NORM = "cp.backbone.bn";
    private static final int CLASSIFIER_CHANNELS = 1024;
    private static final MapShape ANY_IMAGE = new MapShape(3, 64, 64);

    /** The order of a checkpoint, which is not that of the computation. */
    private static final List<String> SECTIONS =
            List.of(
                    FEATURES,
                    "cp.backbone.conv_last.",
                    "cp.backbone.fc",
                    "cp.backbone.linear",
                    "cp.arm16.",
                    "cp.arm32.",
                    "cp.conv_head32.",
                    "cp.conv_head16.",
                    "cp.conv_avg.",
                    "ffm.",
                    "conv_out.",
                    "conv_out16.",
                    "conv_out32.",
                    "conv_out_sp16.",
                    "conv_out_sp8.",
                    "conv_out_sp4.",
                    "conv_out_sp2.");

    private StateDictLayout() {}

    /** Every name of a published checkpoint with its shape, aliases and counters included. */
    public static Map<String, long[]> published(ModelSpec spec) {
        Map<String, long[]> dict = new LinkedHashMap<>();
        List<Convolution> layers = inOrder(used(spec), unused(spec));
        for (Convolution layer : layers) {
            if (layer.name().startsWith("cp.arm16.conv.")) { // the first one behind the backbone
                aliases(dict.keySet(), spec.variant())
                        .forEach((alias, name) -> dict.put(alias, dict.get(name)));
            }
            if (layer.name().equals("cp.backbone.linear")) {
                addClassifierNorm(dict);
            }
            dict.putAll(layer.tensors());
            if (layer.norm() != null) {
                dict.put(layer.norm() + ".num_batches_tracked", new long[0]);
            }
        }
        return dict;
    }

    /** Names of a published checkpoint that stand for the tensor of another name, which follows. */
    public static Map<String, String> aliases(ModelSpec spec) {
        return aliases(published(spec).keySet(), spec.variant());
    }

    /** The tensors that back ends take, with their shapes: no aliases, counters or classifier. */
    public static Map<String, long[]> weights(ModelSpec spec) {
        return tensors(inOrder(used(spec), List.of()));
    }

    /** Tensors of the backbone as a classifier, by name without prefix, with their shapes. */
    public static Map<String, long[]> classifier(Variant variant, int classes) {
        ShapeOps ops = new ShapeOps();
        StdcBackbone backbone = new StdcBackbone(variant, "");
        backbone.classify(ops, backbone.features(ops, ANY_IMAGE), classes);
        return tensors(ops.convolutions());
    }

    /**
     * The layers whose norm is an in-place activated one: published checkpoints hold its weight
     * such that {@code |weight| + 1e-5} counts.
     */
    public static List<Convolution> inPlaceLayers(ModelSpec spec) {
        return used(spec).stream().filter(layer -> layer.normKind() == Norm.IN_PLACE).toList();
    }

    /** Names of those weights. */
    public static Set<String> inPlaceScales(ModelSpec spec) {
        return inPlaceLayers(spec).stream()
                .map(layer -> layer.norm() + ".weight")
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, long[]> tensors(List<Convolution> layers) {
        Map<String, long[]> tensors = new LinkedHashMap<>();
        layers.forEach(layer -> tensors.putAll(layer.tensors()));
        return tensors;
    }

    /** As {@code sum(p.numel() for p in model.parameters())} counts. */
    static long parameters(ModelSpec spec) {
        return inOrder(used(spec), unused(spec)).stream().mapToLong(Convolution::parameters).sum()
                + 2L * CLASSIFIER_CHANNELS;
    }

    private static List<Convolution> used(ModelSpec spec) {
        ShapeOps ops = new ShapeOps();
        new StdcSeg(spec).forward(ops, ANY_IMAGE, StdcSeg.DETAILS);
        return ops.convolutions();
    }

    /** Layers of the backbone's classifier, which segmentation does not use. */
    private static List<Convolution> unused(ModelSpec spec) {
        ShapeOps ops = new ShapeOps();
        StdcBackbone backbone = new StdcSeg(spec).backbone();
        Features<MapShape> features = backbone.features(ops, ANY_IMAGE);
        int classifier = ops.convolutions().size();
        backbone.classify(ops, features, StdcBackbone.IMAGENET_CLASSES);
        return ops.convolutions().subList(classifier, ops.convolutions().size());
    }

    /** A norm of the classifier that even its own forward pass leaves out. */
    private static void addClassifierNorm(Map<String, long[]> dict) {
        for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
            dict.put(CLASSIFIER_NORM + "." + part, new long[] {CLASSIFIER_CHANNELS});
        }
        dict.put(CLASSIFIER_NORM + ".num_batches_tracked", new long[0]);
    }

    /** Second names of the backbone's layers, by stage, with their first ones. */
    private static Map<String, String> aliases(Set<String> names, Variant variant) {
        List<String> stages = new ArrayList<>(List.of("x2", "x4"));
        List<Integer> blocks = variant.blocksPerStage();
        for (int stage = 0; stage < blocks.size(); stage++) {
            for (int b = 0; b < blocks.get(stage); b++) {
                stages.add("x" + (8 << stage));
            }
        }
        Map<String, String> aliases = new LinkedHashMap<>();
        for (String name : names) {
            if (name.startsWith(FEATURES)) {
                String rest = name.substring(FEATURES.length());
                int index = Integer.parseInt(rest.substring(0, rest.indexOf('.')));
                aliases.put("cp.backbone." + stages.get(index) + ".0." + rest, name);
            }
        }
        return aliases;
    }

    private static List<Convolution> inOrder(List<Convolution> used, List<Convolution> unused) {
        List<Convolution> layers = new ArrayList<>(used);
        layers.addAll(unused);
        layers.sort(
                Comparator.comparingInt((Convolution layer) -> section(layer.name()))
                        .thenComparingInt(layer -> block(layer.name()))
                        .thenComparing(layer -> layer.name().contains(".avd_layer.")));
        return layers;
    }

    private static int section(String name) {
        for (int i = 0; i < SECTIONS.size(); i++) {
            if (name.startsWith(SECTIONS.get(i))) {
                return i;
            }
        }
        throw new IllegalStateException("layer " + name + " has no place in a checkpoint");
    }

    private static int block(String name) {
        return name.startsWith(FEATURES)
                ? Integer.parseInt(
                        name.substring(FEATURES.length(), name.indexOf('.', FEATURES.length())))
                : 0;
    }
}
