// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.quantise.ActivationRanges;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.tensor.pytorch.PyTorchCheckpointWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Weights of a network, trained or not: its parameters and what is needed to use them.
 *
 * @param spec the network's architecture
 * @param tensors by their published names, F32 or F16, without second names; the decoder's gammas
 *     are plain (|w| + 1e-5 already). The heads that only training looks at are all there or none
 * @param labels what the classes mean
 * @param scale how a picture is resized before the network
 * @param modelName such as {@code stdc1-seg50}
 * @param file where they come from, for reports
 * @param sha256 of that file, in hexadecimal
 * @param ranges how far numbers reach where they are computed in 8 bits; may be empty
 */
public record Weights(
        ModelSpec spec,
        Map<String, TensorData> tensors,
        LabelSet labels,
        InputScale scale,
        String modelName,
        String file,
        String sha256,
        ActivationRanges ranges) {

    public Weights {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        if (labels.size() != spec.classes()) {
            throw new InputException(
                    "label set "
                            + labels.name()
                            + " has "
                            + labels.size()
                            + " classes; weights "
                            + file
                            + " have "
                            + spec.classes());
        }
    }

    /** Weights of which no ranges were measured. */
    public Weights(
            ModelSpec spec,
            Map<String, TensorData> tensors,
            LabelSet labels,
            InputScale scale,
            String modelName,
            String file,
            String sha256) {
        this(spec, tensors, labels, scale, modelName, file, sha256, ActivationRanges.NONE);
    }

    /**
     * Reads a checkpoint of the published code ({@code .pth}, or its tensors as {@code
     * .safetensors}) or a file of {@link #write}; which one it is, the content tells, not the name.
     *
     * <p>A published checkpoint does not say what it was trained for. 19 classes are taken for
     * Cityscapes at scale 0.5 (0.75 if the file is named like the published {@code
     * model_maxmIOU75.pth}), 11 for CamVid at height 360, others for numbered classes at scale 1.
     *
     * @param overrides what shall be otherwise than the file says
     * @throws InputException if the file cannot be used; one line that names it and what is wrong
     */
    public static Weights read(Path file, Overrides overrides) {
        return WeightsReader.read(file, overrides);
    }

    /** The weights that come with the project and run where nobody names a model. */
    public static Weights defaults() {
        return defaults(Overrides.NONE);
    }

    /**
     * The weights that come with the project for the variant of a model; their scale and name are
     * their own.
     *
     * @param overrides without a model the usual weights
     * @throws InputException if this build has none of that variant
     */
    public static Weights defaults(Overrides overrides) {
        return ofBuild().read(overrides);
    }

    /**
     * The model that chooses these of the weights that come with the project.
     *
     * @param sha256 of their file, in hexadecimal
     * @return empty if this build has no such file
     */
    public static Optional<PublishedModel> modelOfDefaults(String sha256) {
        return ofBuild().modelOf(sha256);
    }

    private static DefaultWeights ofBuild() {
        return new DefaultWeights(Weights.class.getClassLoader());
    }

    /**
     * Weights that have learned nothing, the same each time: enough to see how fast a model is.
     *
     * @param options the model, which must be there; labels are Cityscapes' unless it says others
     */
    public static Weights initial(Overrides options) {
        return InitialWeights.of(options);
    }

    /**
     * Plain tensors to start a training from, those of the training's heads among them: He's
     * uniform distribution for convolutions, norms that change nothing.
     *
     * @param seed the same one gives the same numbers
     */
    public static Map<String, TensorData> initialTensors(ModelSpec spec, long seed) {
        return InitialWeights.tensors(spec, seed);
    }

    /** Whether the heads that only training looks at are there. */
    public boolean hasTrainingHeads() {
        return tensors.keySet().stream().anyMatch(PublishedNames::isTrainingOnly);
    }

    /** The same without the heads that only training looks at. */
    public Weights inferenceOnly() {
        Map<String, TensorData> kept = new LinkedHashMap<>(tensors);
        kept.keySet().removeIf(PublishedNames::isTrainingOnly);
        return new Weights(spec, kept, labels, scale, modelName, file, sha256, ranges);
    }

    /** The same under another name. */
    public Weights named(String name) {
        return new Weights(spec, tensors, labels, scale, name, file, sha256, ranges);
    }

    /** The same for pictures that are resized otherwise. */
    public Weights scaled(InputScale other) {
        return new Weights(spec, tensors, labels, other, modelName, file, sha256, ranges);
    }

    /** The same with ranges that were measured. */
    public Weights calibrated(ActivationRanges measured) {
        return new Weights(spec, tensors, labels, scale, modelName, file, sha256, measured);
    }

    /**
     * The average with other weights of the same network, of which one has learned on from the
     * other; without training's heads unless both have them, and without ranges.
     *
     * @param share of the others, 0 to 1
     * @throws InputException if they are of another network, or tell other classes apart
     */
    public Weights averagedWith(Weights others, double share) {
        return WeightAverage.of(this, others, share);
    }

    /** The tensors as back ends take them that compute in 8 bits: ranges are among them. */
    public Map<String, TensorData> tensorsWithRanges() {
        return ranges.beside(tensors);
    }

    /**
     * Writes a {@code .safetensors} file that {@link #read} understands, complete or not at all.
     *
     * @param precision of the convolutions' weights, F32 or F16; norms stay F32, which takes little
     *     space and keeps small variances exact
     */
    public void write(Path safetensors, ElementType precision) throws IOException {
        SafeTensorsWeights.write(this, safetensors, precision);
    }

    /**
     * Writes a {@code .pth} file, complete or not at all, that {@code torch.load} reads and that
     * the published code takes by {@code load_state_dict(strict=True)}.
     *
     * @return which tensors have initial values there
     */
    public FilledTensors writePublished(Path pth) throws IOException {
        PublishedStateDict dict = PublishedStateDict.of(this);
        PyTorchCheckpointWriter.write(pth, dict.tensors());
        return dict.filled();
    }

    /** What a file of these weights says of itself, as texts by key; any reader may ignore them. */
    public Map<String, String> metadata() {
        return WeightsMetadata.of(this).toTexts();
    }

    /**
     * Overrides of what a weights file says of itself, by the user.
     *
     * @param model variant and scale, or null
     * @param labels of the classes, or null; their number must be the network's
     * @param scale before the network, or null; wins over the model's
     */
    public record Overrides(PublishedModel model, LabelSet labels, InputScale scale) {

        /** Everything as the file says. */
        public static final Overrides NONE = new Overrides(null, null, null);

        /** The same for another model; null for what the file says. */
        Overrides withModel(PublishedModel other) {
            return new Overrides(other, labels, scale);
        }
    }
}
