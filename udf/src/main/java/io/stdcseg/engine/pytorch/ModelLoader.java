// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import io.stdcseg.engine.Devices;
import io.stdcseg.engine.PrecisionChoice;
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
import java.util.function.Supplier;

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
        return new TorchScriptSegmenter(info, labels, model, () -> method, null);
    }

    /** The same for weights that are in memory, whatever {@code options} say of weights. */
    static Segmenter load(Weights weights, SegmenterOptions options, String device) {
        PyTorchRuntime.get(options.threads());
        Precision precision = PrecisionChoice.parse(options.precision()).precision();
        List<InputScale> scales = options.inputScales(weights.scale());
        ModuleTarget target = Devices.isGpu(device) ? ModuleTarget.ANY : ModuleTarget.ofThisCpu();
        TorchScriptOptions artefact =
                TorchScriptOptions.masks(scales, options.flip(), precision).on(target);
        NetworkInfo info =
                info(weights, PyTorchEngine.NAME, artefact.describeScales(), precision, device);
        Model model = build(weights, artefact, device);
        InputScale onlyScale = artefact.views() == 1 ? scales.get(0) : null;
        if (onlyScale != null && !Devices.isGpu(device)) {
            return new SingleScaleSegmenter(
                    info, weights.labels(), new TorchScriptNetwork.Archive(model), onlyScale);
        }
        Supplier<ScriptMethod> masks =
                target == ModuleTarget.X86
                        ? () -> new PrepackedMethod(model, TorchScriptWriter.MASKS)
                        : () -> ScriptMethod.forward(model);
        return new TorchScriptSegmenter(info, weights.labels(), model, masks, onlyScale);
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
