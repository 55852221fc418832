// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import io.stdcseg.engine.Engine;
import io.stdcseg.engine.GpuFault;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.network.Precision;
import io.stdcseg.weights.Weights;
import java.util.List;
import java.util.Optional;

/**
 * PyTorch in eager mode as an engine: one operation after the other as they are written, batch
 * norms unfolded, scores enlarged in full, in single precision: as the published code computes.
 */
public final class EagerEngine implements Engine {

    static final String NAME = "eager";

    private final PyTorchEngine library = new PyTorchEngine();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return library.version();
    }

    @Override
    public void checkPresent() {
        library.checkPresent();
    }

    @Override
    public int gpus(SegmenterOptions options) {
        return library.gpus(options);
    }

    @Override
    public Optional<GpuFault> gpuFault() {
        return library.gpuFault();
    }

    @Override
    public List<Precision> precisions(String device) {
        return List.of(Precision.FP32);
    }

    @Override
    public Segmenter load(Weights weights, SegmenterOptions options, String device) {
        return EagerSegmenter.load(weights, options, device);
    }
}
