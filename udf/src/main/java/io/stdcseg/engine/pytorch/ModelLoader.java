// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.stdcseg.engine.Devices;
import io.stdcseg.engine.PrecisionChoice;
import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.engine.SingleScaleSegmenter;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.network.torchscript.ScriptSnippet;
import io.stdcseg.network.torchscript.TorchScriptOptions;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.network.torchscript.TorchScriptWriter;
import io.stdcseg.weights.TorchScriptFile;
import io.stdcseg.weights.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Loader of models that PyTorch runs: weights of any kind, archives, snippets of TorchScript. */
final class ModelLoader {

    private static final String NAME = "network";
    private static final String ENGINE = "PyTorch";

    private ModelLoader() {}

    /** Loads PyTorch, then the archive that {@code options} name onto a device. */
    static Segmenter load(TorchScriptFile script, SegmenterOptions options, String device) {
        PyTorchRuntime.get(options.threads());
        NetworkInfo info = ForeignTorchScript.info(options, script, device);
        LabelSet labels = SegmenterWeights.labels(script, options);
        Model model = load(Path.of(options.weights()), device);
        ScriptMethod method =
                new ForeignTorchScript(ScriptMethod.forward(model), options.weights());
        return new TorchScriptSegmenter(info, labels, model, shape -> method, false, null);
    }

    /** The same for weights that are in memory, whatever {@code options} say of weights. */
    static Segmenter load(Weights weights, SegmenterOptions options, String device) {
        PyTorchRuntime.get(options.threads());
        Precision precision = PrecisionChoice.parse(options.precision()).precision();
        List<InputScale> scales = options.inputScales(weights.scale());
        if (Devices.isGpu(device) && precision == Precision.FP32) {
            Tf32.off();
        }
        ModuleTarget target = Devices.isGpu(device) ? ModuleTarget.ANY : ModuleTarget.ofThisCpu();
        TorchScriptOptions artefact =
                TorchScriptOptions.masks(scales, options.flip(), precision).on(target);
        NetworkInfo info =
                info(weights, PyTorchEngine.NAME, artefact.describeScales(), precision, device);
        if (artefact.views() == 1 && !Devices.isGpu(device)) {
            return new SingleScaleSegmenter(
                    info,
                    weights.labels(),
                    new TorchScriptNetwork.Archive(build(weights, artefact, device)),
                    scales.get(0));
        }
        return graph(weights, artefact, info);
    }

    /** Everything in one graph, on the device that {@code info} names. */
    static Segmenter graph(Weights weights, TorchScriptOptions artefact, NetworkInfo info) {
        Model model = build(weights, artefact, info.device());
        return new TorchScriptSegmenter(
                info,
                weights.labels(),
                model,
                masks(model, weights, artefact, info.device()),
                artefact.target() == ModuleTarget.ANY,
                artefact.views() == 1 ? artefact.scales().get(0) : null);
    }

    /**
     * Masks at the archive's own scale by the archive; at any other by one that is written for it,
     * and freed with the call: scales are constants in them, which PyTorch folds.
     */
    private static Function<RequestShape, ScriptMethod> masks(
            Model model, Weights weights, TorchScriptOptions own, String device) {
        return shape -> {
            if (shape.scale() == null) {
                return masks(model, own);
            }
            TorchScriptOptions other =
                    TorchScriptOptions.masks(shape.scale(), own.precision()).on(own.target());
            Model scaled = build(weights, other, device);
            return new OwningMethod(scaled, masks(scaled, other));
        };
    }

    private static ScriptMethod masks(Model model, TorchScriptOptions archive) {
        if (archive.target() == ModuleTarget.X86) {
            return new PrepackedMethod(model, TorchScriptWriter.MASKS);
        }
        ScriptMethod ofRgb =
                archive.views() == 1
                        ? ScriptMethod.named(TorchScriptWriter.MASKS_AND_SCORES, model)
                        : ScriptMethod.forward(model);
        return new EitherMethod(ofRgb, ScriptMethod.named(TorchScriptWriter.OF_PLANES, model));
    }

    /** What an archive does to pictures of RGB, one array, and to planes, two. */
    private record EitherMethod(ScriptMethod ofRgb, ScriptMethod ofPlanes) implements ScriptMethod {

        @Override
        public NDList on(NDManager scope, NDList inputs) {
            return (inputs.size() == 1 ? ofRgb : ofPlanes).on(scope, inputs);
        }

        @Override
        public void close() {
            ofRgb.close();
            ofPlanes.close();
        }
    }

    /** A method, and the model that nobody else uses. */
    private record OwningMethod(Model model, ScriptMethod method) implements ScriptMethod {

        @Override
        public NDList on(NDManager scope, NDList inputs) {
            return method.on(scope, inputs);
        }

        @Override
        public void close() {
            method.close();
            model.close();
        }
    }

    /** What is running when these weights are. */
    static NetworkInfo info(
            Weights weights, String engine, String scales, Precision precision, String device) {
        return new NetworkInfo(
                weights.modelName(),
                scales,
                engine,
                device,
                precision.label(),
                PyTorchRuntime.threads(),
                weights.file(),
                weights.sha256());
    }

    /** Writes the network as an archive, which PyTorch reads once. */
    private static Model build(Weights weights, TorchScriptOptions options, String device) {
        try {
            Path archive = Files.createTempFile("stdcseg", ".pt");
            try {
                TorchScriptWriter.write(
                        archive, weights.spec(), weights.tensorsWithRanges(), options);
                return load(archive, device);
            } finally {
                Files.deleteIfExists(archive);
            }
        } catch (IOException e) {
            throw new InputException(
                    "the network cannot be written to a temporary file in "
                            + System.getProperty("java.io.tmpdir")
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Loads TorchScript of a few lines onto a device. */
    static Model load(ScriptSnippet snippet, Device device) {
        Model model = Model.newInstance(NAME, device, ENGINE);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try {
            snippet.write(archive);
            model.load(new ByteArrayInputStream(archive.toByteArray()), Map.of());
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException("in memory nothing fails", e);
        } catch (MalformedModelException e) {
            throw new IllegalStateException("PyTorch does not know its own operations", e);
        }
    }

    private static Model load(Path archive, String device) {
        Model model = Model.newInstance(NAME, PyTorchRuntime.device(device), ENGINE);
        try {
            model.load(
                    archive.toAbsolutePath(),
                    null,
                    Map.of("mapLocation", Boolean.toString(Devices.isGpu(device))));
            return model;
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new InputException("PyTorch cannot load " + archive + ": " + reason, e);
        }
    }
}
