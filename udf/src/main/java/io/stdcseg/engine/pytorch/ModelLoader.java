// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import io.stdcseg.engine.CoarseSegmenter;
import io.stdcseg.engine.Devices;
import io.stdcseg.engine.PrecisionChoice;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.network.torchscript.TorchScriptOptions;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.network.torchscript.TorchScriptWriter;
import io.stdcseg.weights.TorchScriptFile;
import io.stdcseg.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Turns weights of any kind into a model that PyTorch runs. */
final class ModelLoader {

    private static final String NAME = "network";
    private static final String ENGINE = "PyTorch";

    private ModelLoader() {}

    /** Loads PyTorch, then the archive that {@code options} name onto a device. */
    static Segmenter load(TorchScriptFile script, SegmenterOptions options, String device) {
        PyTorchRuntime.get(options.threads());
        NetworkInfo info = ForeignTorchScript.info(options, script, device);
        LabelSet labels = options.labelsOf(script);
        Model model = load(Path.of(options.weights()), device);
        ArchiveCall call = new ForeignCall(ArchiveCall.forward(model), options.weights());
        return new TorchScriptSegmenter(info, labels, model, () -> call, null);
    }

    /** The same for weights that are in memory, whatever {@code options} say of weights. */
    static Segmenter load(Weights weights, SegmenterOptions options, String device) {
        PyTorchRuntime.get(options.threads());
        Precision precision = PrecisionChoice.parse(options.precision()).precision();
        List<InputScale> scales = options.looks(weights.scale());
        ModuleTarget target = Devices.isGpu(device) ? ModuleTarget.ANY : ModuleTarget.ofThisCpu();
        TorchScriptOptions artefact =
                TorchScriptOptions.masks(scales, options.flip(), precision).on(target);
        NetworkInfo info =
                info(weights, PyTorchEngine.NAME, artefact.describeLooks(), precision, device);
        Model model = build(weights, artefact, device);
        InputScale onlyScale = artefact.looks() == 1 ? scales.get(0) : null;
        if (onlyScale != null && !Devices.isGpu(device)) {
            return new CoarseSegmenter(
                    info, weights.labels(), new ArchiveNetwork(model), onlyScale);
        }
        Supplier<ArchiveCall> masks =
                target == ModuleTarget.X86
                        ? () -> new PrepackedCall(model, TorchScriptWriter.MASKS)
                        : () -> ArchiveCall.forward(model);
        return new TorchScriptSegmenter(info, weights.labels(), model, masks, onlyScale);
    }

    /** What is running when these weights are. */
    static NetworkInfo info(
            Weights weights, String engine, String looks, Precision precision, String device) {
        return new NetworkInfo(
                weights.modelName(),
                looks,
                engine,
                device,
                precision.name().toLowerCase(Locale.ROOT),
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

    private static Model load(Path archive, String device) {
        Model model = Model.newInstance(NAME, PyTorchDevices.of(device), ENGINE);
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
