// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.onnxruntime;

import io.stdcseg.engine.CoarseNetwork;
import io.stdcseg.engine.Devices;
import io.stdcseg.engine.Engine;
import io.stdcseg.engine.MultiScaleSegmenter;
import io.stdcseg.engine.PrecisionChoice;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SingleScaleSegmenter;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.weights.Weights;
import java.io.File;
import java.util.List;
import java.util.Optional;

/** ONNX Runtime as an engine: networks as ONNX graphs in memory. */
public final class OnnxRuntimeEngine implements Engine {

    private static final String NAME = "onnxruntime";
    private static final String LIBRARY = "ai.onnxruntime.OrtEnvironment";

    /** What only the artefact for GPUs brings. */
    private static final String CUDA_LIBRARY =
            "/ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so";

    /** Where NVIDIA's driver lists its cards. */
    private static final File CARDS = new File("/proc/driver/nvidia/gpus");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        try {
            Class<?> library = Class.forName(LIBRARY, false, getClass().getClassLoader());
            return String.valueOf(library.getPackage().getImplementationVersion());
        } catch (ClassNotFoundException | LinkageError e) {
            return "absent";
        }
    }

    @Override
    public void checkPresent() {
        try {
            Class.forName(LIBRARY, false, getClass().getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new InputException(
                    "ONNX Runtime is not on this Flink's class path; run scripts/install-flink-lib"
                            + " FLINK_HOME and restart the cluster",
                    e);
        }
    }

    @Override
    public int gpus(SegmenterOptions options) {
        // Nothing native is loaded before its trial, as that alone may crash.
        String[] cards = CARDS.list();
        return cards == null || getClass().getResource(CUDA_LIBRARY) == null ? 0 : cards.length;
    }

    @Override
    public Optional<String> missing(SegmenterOptions options) {
        return Provider.named(options.provider()).flatMap(Provider::missing);
    }

    @Override
    public List<Precision> precisions(String device) {
        return Devices.isGpu(device)
                ? List.of(Precision.FP16, Precision.FP32)
                : List.of(Precision.INT8, Precision.FP32);
    }

    @Override
    public Segmenter load(Weights weights, SegmenterOptions options, String device) {
        Precision precision = PrecisionChoice.parse(options.precision()).precision();
        if (!precisions(device).contains(precision)) {
            throw new InputException(
                    "precision "
                            + options.precision()
                            + " with engine onnxruntime on "
                            + device
                            + ": allowed are "
                            + String.join(
                                    ", ",
                                    precisions(device).stream().map(Precision::label).toList()));
        }
        int threads =
                options.threads() > 0
                        ? options.threads()
                        : Runtime.getRuntime().availableProcessors();
        List<InputScale> scales = options.inputScales(weights.scale());
        NetworkInfo info =
                new NetworkInfo(
                        weights.modelName(),
                        InputScale.describe(scales, options.flip()),
                        NAME,
                        device,
                        precision.label(),
                        threads,
                        weights.file(),
                        weights.sha256());
        Provider provider = Provider.of(options, device);
        CoarseNetwork.Loaded network =
                new OnnxNetwork(weights, precision, provider, device, threads);
        return scales.size() == 1 && !options.flip()
                ? new SingleScaleSegmenter(info, weights.labels(), network, scales.get(0))
                : new MultiScaleSegmenter(info, weights.labels(), network, scales, options.flip());
    }
}
