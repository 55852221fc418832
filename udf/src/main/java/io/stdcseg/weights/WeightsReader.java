// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.SafeTensors;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.tensor.TensorFile;
import io.stdcseg.tensor.pytorch.PyTorchCheckpoint;
import io.stdcseg.weights.Weights.Overrides;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Reader of weights of any kind. */
final class WeightsReader {

    private static final int CITYSCAPES_CLASSES = 19;
    private static final int CAMVID_CLASSES = 11;
    private static final int CAMVID_HEIGHT = 360;

    /** The published files for three quarters are called model_maxmIOU75.pth. */
    private static final Pattern THREE_QUARTERS = Pattern.compile("(?i).*(miou|seg)75.*");

    private WeightsReader() {}

    static Weights read(Path file, Overrides overrides) {
        TensorFile weights = TensorFile.read(file);
        return read(file.toString(), weights.content(), weights.sha256(), overrides);
    }

    /** Weights that lie in no file. */
    static Weights read(String name, byte[] bytes, Overrides overrides) {
        return read(name, ByteBuffer.wrap(bytes), TensorFile.sha256(bytes), overrides);
    }

    private static Weights read(
            String file, ByteBuffer content, String sha256, Overrides overrides) {
        if (PyTorchCheckpoint.looksLike(content)) {
            return published(file, sha256, PyTorchCheckpoint.parse(file, content), overrides);
        }
        SafeTensors.Contents contents = SafeTensors.parse(file, content);
        if (WeightsMetadata.isIn(contents.metadata())) {
            return override(SafeTensorsWeights.read(file, sha256, contents), overrides);
        }
        if (ClassifierWeights.isIn(contents.metadata())) {
            throw new FileErrors(file)
                    .because(
                            "it holds a classifier of whole pictures; train --init starts a"
                                    + " segmentation from it");
        }
        return published(file, sha256, contents.tensors(), overrides);
    }

    private static Weights published(
            String file, String sha256, Map<String, TensorData> tensors, Overrides overrides) {
        FileErrors errors = new FileErrors(file);
        NetworkTensors named = NetworkTensors.of(tensors, errors).withoutClassBias(errors);
        PublishedWeights weights = PublishedWeights.of(named, errors);
        ModelSpec spec = weights.spec();
        InputScale scale;
        String name;
        if (spec.classes() == CITYSCAPES_CLASSES
                && named.project() != SourceProject.MMSEGMENTATION) {
            Path fileName = Path.of(file).getFileName();
            boolean threeQuarters = THREE_QUARTERS.matcher(fileName.toString()).matches();
            PublishedModel model = PublishedModel.of(spec.variant(), threeQuarters);
            scale = model.scale();
            name = model.label();
        } else {
            boolean camvid = spec.classes() == CAMVID_CLASSES;
            scale = camvid ? InputScale.toHeight(CAMVID_HEIGHT) : InputScale.by(1);
            name = spec.variant().label() + "-" + labels(spec, overrides).name();
        }
        return override(
                new Weights(
                        spec,
                        weights.tensors(),
                        labels(spec, overrides),
                        scale,
                        name,
                        file,
                        sha256),
                overrides);
    }

    private static LabelSet labels(ModelSpec spec, Overrides overrides) {
        return overrides.labels() == null ? LabelSet.ofSize(spec.classes()) : overrides.labels();
    }

    private static Weights override(Weights weights, Overrides overrides) {
        PublishedModel model = overrides.model();
        if (model != null) {
            model.requireVariantOf(weights);
        }
        InputScale scale = model == null ? weights.scale() : model.scale();
        return new Weights(
                weights.spec(),
                weights.tensors(),
                overrides.labels() == null ? weights.labels() : overrides.labels(),
                overrides.scale() == null ? scale : overrides.scale(),
                model == null ? weights.modelName() : model.label(),
                weights.file(),
                weights.sha256(),
                weights.ranges());
    }
}
