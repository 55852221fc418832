// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Variant;
import io.stdcseg.network.shape.StateDictLayout;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.SafeTensors;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.tensor.TensorFile;
import io.stdcseg.tensor.pytorch.PyTorchCheckpoint;
import io.stdcseg.weights.Weights.Overrides;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Pretrained weights: what a file gives a network that is to be trained.
 *
 * @param tensors of the network that the file has in the network's shape: plain, by published name
 * @param anew names of the network's other tensors, which start as new ones do
 */
public record PretrainedWeights(Map<String, TensorData> tensors, List<String> anew) {

    public PretrainedWeights {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        anew = List.copyOf(anew);
    }

    /**
     * Reads the weights of a whole network, as {@link Weights#read} does, or those of a backbone
     * alone, such as the published ones of ImageNet; of a backbone, all layers that segmentation
     * uses must be there. Layers that depend on the number of classes may have another one. Blocks
     * of a shallower variant are {@linkplain StackedBlocks stacked}.
     *
     * @param spec the network to train
     * @throws io.stdcseg.error.InputException if the file is neither, or is of a deeper variant;
     *     one line that names it and what is wrong
     */
    public static PretrainedWeights read(Path file, ModelSpec spec) {
        FileErrors errors = new FileErrors(file.toString());
        Map<String, TensorData> given = content(file, errors);
        if (PublishedNames.isBackbone(given.keySet())) {
            given = PublishedNames.ofWholeNetwork(given);
            given.keySet().removeIf(PublishedNames::isUnused);
            Variant variant = PublishedNames.variant(given);
            given = backbone(given, new ModelSpec(variant, spec.classes()), errors);
            given = stacked(given, variant, spec.variant(), errors);
        } else {
            Weights weights = WeightsReader.read(file, Overrides.NONE);
            given = stacked(weights.tensors(), weights.spec().variant(), spec.variant(), errors);
        }
        return fitting(given, shapes(spec));
    }

    private static Map<String, TensorData> stacked(
            Map<String, TensorData> given, Variant variant, Variant wanted, FileErrors errors) {
        if (StackedBlocks.canStack(variant, wanted)) {
            return StackedBlocks.of(given, variant, wanted);
        }
        check(variant, wanted, errors);
        return given;
    }

    /**
     * Reads the weights of a classifier, or what a backbone alone or a whole network has of one.
     *
     * @param variant of the classifier to train
     * @param classes that it tells apart
     * @throws io.stdcseg.error.InputException as {@link #read}
     */
    public static PretrainedWeights ofClassifier(Path file, Variant variant, int classes) {
        FileErrors errors = new FileErrors(file.toString());
        Map<String, TensorData> given = content(file, errors);
        Map<String, long[]> shapes = StateDictLayout.classifier(variant, classes);
        if (PublishedNames.isBackbone(given.keySet())) {
            given = PublishedNames.ofWholeNetwork(given);
            check(PublishedNames.variant(given), variant, errors);
        } else {
            Weights weights = WeightsReader.read(file, Overrides.NONE);
            check(weights.spec().variant(), variant, errors);
            given = weights.tensors();
        }
        Map<String, TensorData> floats = new LinkedHashMap<>();
        PublishedNames.ofBackbone(given)
                .forEach(
                        (name, tensor) -> {
                            if (shapes.containsKey(name)) {
                                floats.put(name, PublishedWeights.floats(name, tensor, errors));
                            }
                        });
        return fitting(floats, shapes);
    }

    /** Tensors by published names; only a backbone's where the rest is of another network. */
    private static Map<String, TensorData> content(Path file, FileErrors errors) {
        ByteBuffer bytes = TensorFile.read(file).content();
        NetworkTensors tensors =
                NetworkTensors.of(
                        PyTorchCheckpoint.looksLike(bytes)
                                ? PyTorchCheckpoint.parse(file.toString(), bytes)
                                : SafeTensors.parse(file.toString(), bytes).tensors(),
                        errors);
        return tensors.hasForeignClassifier() ? tensors.backbone() : tensors.tensors();
    }

    private static void check(Variant variant, Variant wanted, FileErrors errors) {
        if (variant != wanted) {
            throw errors.because(
                    "it holds " + variant.label() + "; the network to train is " + wanted.label());
        }
    }

    /** The backbone's norms are plain in every file, unlike the decoder's. */
    private static Map<String, TensorData> backbone(
            Map<String, TensorData> given, ModelSpec spec, FileErrors errors) {
        Map<String, long[]> expected = new LinkedHashMap<>(shapes(spec));
        expected.keySet().removeIf(name -> !PublishedNames.isOfBackbone(name));
        TensorMismatch mismatch = TensorMismatch.of(given, expected);
        if (!mismatch.isEmpty()) {
            throw errors.because(
                    "it does not fit the backbone of "
                            + spec.variant().label()
                            + ": "
                            + mismatch.describe());
        }
        Map<String, TensorData> floats = new LinkedHashMap<>();
        given.forEach(
                (name, tensor) -> floats.put(name, PublishedWeights.floats(name, tensor, errors)));
        return floats;
    }

    private static PretrainedWeights fitting(
            Map<String, TensorData> given, Map<String, long[]> shapes) {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        given.forEach(
                (name, tensor) -> {
                    if (Arrays.equals(tensor.shape(), shapes.get(name))) {
                        tensors.put(name, tensor);
                    }
                });
        Set<String> anew = new LinkedHashSet<>(shapes.keySet());
        anew.removeAll(tensors.keySet());
        return new PretrainedWeights(tensors, List.copyOf(anew));
    }

    private static Map<String, long[]> shapes(ModelSpec spec) {
        return StateDictLayout.weights(spec);
    }

    /**
     * How many tensors were taken, and what starts anew: parts of the network by their published
     * names, layers where a part has both.
     */
    public String describe() {
        String all = tensors.size() + " of " + (tensors.size() + anew.size()) + " tensors";
        return anew.isEmpty() ? all : all + "; new: " + String.join(", ", newParts());
    }

    private Collection<String> newParts() {
        Set<String> known =
                tensors.keySet().stream().map(PretrainedWeights::part).collect(Collectors.toSet());
        return anew.stream()
                .map(name -> known.contains(part(name)) ? layer(name) : part(name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Such as {@code cp.arm16} or {@code ffm}. */
    private static String part(String name) {
        int end = name.indexOf('.', name.startsWith("cp.") ? "cp.".length() : 0);
        return name.substring(0, end);
    }

    private static String layer(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }
}
