// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.network.Variant;
import io.stdcseg.network.shape.StateDictLayout;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.SafeTensors;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.tensor.TensorFile;
import io.stdcseg.tensor.pytorch.PyTorchCheckpoint;
import io.stdcseg.tensor.pytorch.PyTorchCheckpointWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights of a classifier: a backbone that tells classes of pictures apart. Its file is one of
 * {@link SafeTensors} with the published names, and says {@code format} {@value #FORMAT}, {@code
 * variant}, and {@code classes}, a JSON list of their names.
 *
 * @param variant of the backbone
 * @param classes names in the order of their numbers
 * @param tensors F32 by published name without prefix
 */
public record ClassifierWeights(
        Variant variant, List<String> classes, Map<String, TensorData> tensors) {

    private static final String FORMAT = "stdcseg-classifier-1";
    private static final ObjectMapper JSON = new ObjectMapper();

    public ClassifierWeights {
        classes = List.copyOf(classes);
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * Tensors to start a training from: He's uniform distribution for convolutions and linear
     * layers, norms that change nothing.
     *
     * @param classes how many are told apart
     * @param seed the same one gives the same numbers
     */
    public static Map<String, TensorData> initialTensors(Variant variant, int classes, long seed) {
        return InitialWeights.tensors(StateDictLayout.classifier(variant, classes), seed);
    }

    /** Writes a file, complete or not at all. */
    public void write(Path file) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("format", FORMAT);
        texts.put("variant", variant.label());
        texts.put("classes", JSON.writeValueAsString(classes));
        SafeTensors.write(file, tensors, texts);
    }

    /**
     * Writes a file, complete or not at all, as the published backbones of ImageNet are saved: a
     * dictionary whose {@code state_dict} the published classifier takes by {@code
     * load_state_dict(strict=True)}, and its segmentation network as a backbone. The names of the
     * classes are lost.
     *
     * @return which tensors have initial values there
     */
    public FilledTensors writePublished(Path tar) throws IOException {
        PublishedStateDict dict = PublishedStateDict.of(this);
        PyTorchCheckpointWriter.writeNested(tar, dict.tensors());
        return dict.filled();
    }

    /**
     * Whether a file is one that {@link #write} wrote.
     *
     * @throws io.stdcseg.error.InputException if it cannot be read; one line that names it
     */
    public static boolean isIn(Path file) {
        ByteBuffer bytes = TensorFile.read(file).content();
        return !PyTorchCheckpoint.looksLike(bytes)
                && isIn(SafeTensors.parse(file.toString(), bytes).metadata());
    }

    static boolean isIn(Map<String, String> metadata) {
        return FORMAT.equals(metadata.get("format"));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws io.stdcseg.error.InputException if it is another file; one line that names it
     */
    public static ClassifierWeights read(Path file) {
        SafeTensors.Contents contents = SafeTensors.read(file);
        FileErrors errors = new FileErrors(file.toString());
        Map<String, String> texts = contents.metadata();
        if (!isIn(texts)) {
            throw errors.because("it holds no classifier");
        }
        Variant variant =
                Arrays.stream(Variant.values())
                        .filter(known -> known.label().equals(texts.get("variant")))
                        .findFirst()
                        .orElseThrow(() -> errors.because("its metadata has no known variant"));
        List<String> classes = classes(texts.getOrDefault("classes", ""), errors);
        TensorMismatch mismatch =
                TensorMismatch.of(
                        contents.tensors(), StateDictLayout.classifier(variant, classes.size()));
        if (!mismatch.isEmpty()) {
            throw errors.because(
                    "it does not fit "
                            + variant.label()
                            + " with "
                            + classes.size()
                            + " classes: "
                            + mismatch.describe());
        }
        return new ClassifierWeights(variant, classes, contents.tensors());
    }

    private static List<String> classes(String json, FileErrors errors) {
        try {
            return JSON.readValue(json, new TypeReference<List<String>>() {});
        } catch (JsonProcessingException e) {
            throw errors.because("its classes cannot be read", e);
        }
    }
}
