// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.network.Variant;
import io.stdcseg.tensor.TensorData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in a state dictionary of the published code, and what they mean. */
final class PublishedNames {

    /** The convolution whose output channels are the classes. */
    static final String CLASSIFIER = "conv_out.conv_out.weight";

    private static final String BACKBONE = "cp.backbone.";

    /** The layers of a backbone that segmentation uses, where it is a network of its own. */
    private static final String FEATURES = "features.";

    /** The stages' second names and the classification head. */
    private static final Pattern UNUSED =
            Pattern.compile("cp\\.backbone\\.(x\\d+|conv_last|fc|bn|linear)\\..*");

    private static final Pattern TRAINING_ONLY =
            Pattern.compile("(conv_out16|conv_out32|conv_out_sp\\d+)\\..*");

    /** A layer of the backbone: the convolutions before the first block are counted, too. */
    private static final Pattern FEATURE =
            Pattern.compile("(cp\\.backbone\\.features\\.)(\\d+)(\\..*)");

    private static final int STEM = 2;

    /** Only norms with another momentum would need it. */
    private static final String COUNTER = ".num_batches_tracked";

    private PublishedNames() {}

    /** Whether a checkpoint has the tensor but the network does not use it. */
    static boolean isUnused(String name) {
        return UNUSED.matcher(name).matches() || isCounter(name);
    }

    /** Whether the tensor belongs to a head that only training looks at. */
    static boolean isTrainingOnly(String name) {
        return TRAINING_ONLY.matcher(name).matches();
    }

    /** Whether it counts the batches that a norm has seen. */
    static boolean isCounter(String name) {
        return name.endsWith(COUNTER);
    }

    /** Whether the tensor, of a whole network, belongs to its backbone. */
    static boolean isOfBackbone(String name) {
        return name.startsWith(BACKBONE);
    }

    /**
     * Whether the names are those of a backbone alone, with or without their place in a network.
     */
    static boolean isBackbone(Set<String> names) {
        return names.stream().anyMatch(name -> name.startsWith(FEATURES))
                || (!names.isEmpty() && names.stream().allMatch(PublishedNames::isOfBackbone));
    }

    /** A backbone's tensors by the names they have in a whole network. */
    static Map<String, TensorData> ofWholeNetwork(Map<String, TensorData> backbone) {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        backbone.forEach(
                (name, tensor) -> tensors.put(isOfBackbone(name) ? name : BACKBONE + name, tensor));
        return tensors;
    }

    /** The backbone's tensors of a whole network by the names they have without it. */
    static Map<String, TensorData> ofBackbone(Map<String, TensorData> network) {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        network.forEach(
                (name, tensor) -> {
                    if (isOfBackbone(name)) {
                        tensors.put(name.substring(BACKBONE.length()), tensor);
                    }
                });
        return tensors;
    }

    /** The variant these names belong to: the smallest that has all of the backbone's blocks. */
    static Variant variant(Map<String, ?> tensors) {
        int first = blocks(Variant.STDC1);
        boolean more =
                tensors.keySet().stream()
                        .anyMatch(name -> name.startsWith(BACKBONE + FEATURES + first + "."));
        return more ? Variant.STDC2 : Variant.STDC1;
    }

    /** The backbone's block that the tensor belongs to, counted from 0; negative if it is none. */
    static int block(String name) {
        Matcher feature = FEATURE.matcher(name);
        return feature.matches() ? Integer.parseInt(feature.group(2)) - STEM : -1;
    }

    /** The name of the same tensor in another block. */
    static String inBlock(String name, int block) {
        return FEATURE.matcher(name).replaceFirst("$1" + (STEM + block) + "$3");
    }

    private static int blocks(Variant variant) {
        return STEM + variant.blocksPerStage().stream().mapToInt(Integer::intValue).sum();
    }
}
