// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import io.stdcseg.engine.Devices;
import io.stdcseg.engine.Engine;
import io.stdcseg.engine.GpuFault;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import io.stdcseg.network.Precision;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.weights.TorchScriptFile;
import io.stdcseg.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * PyTorch as an engine, through DJL: networks as TorchScript archives. Nothing of DJL is touched
 * before {@link #checkPresent()} has found it.
 */
public final class PyTorchEngine implements Engine {

    static final String NAME = "pytorch";

    private static final String DJL = "ai.djl.pytorch.engine.PtEngine";

    /** What DJL reads to find libtorch on the class path. */
    private static final String LIBTORCH = "native/lib/pytorch.properties";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        Properties libtorch = new Properties();
        try (InputStream in = PyTorchEngine.class.getClassLoader().getResourceAsStream(LIBTORCH)) {
            if (in != null) {
                libtorch.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return libtorch.getProperty("version", "of another origin");
    }

    @Override
    public void checkPresent() {
        checkPresent(getClass().getClassLoader());
    }

    /** Fails with what to do if there is no DJL, as in a Flink that was not prepared. */
    static void checkPresent(ClassLoader loader) {
        try {
            Class.forName(DJL, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new InputException(
                    "DJL and PyTorch are not on this Flink's class path; run"
                            + " scripts/install-flink-lib FLINK_HOME and restart the cluster",
                    e);
        }
    }

    @Override
    public int gpus(SegmenterOptions options) {
        return PyTorchRuntime.get(options.threads()).getGpuCount();
    }

    @Override
    public Optional<GpuFault> gpuFault() {
        return CudaFault.of(CudaDriver.ofThisMachine(), CudaRuntime.hasLibtorch());
    }

    @Override
    public List<Precision> precisions(String device) {
        if (Devices.isGpu(device)) {
            return List.of(Precision.FP16, Precision.BF16, Precision.FP32);
        }
        return ModuleTarget.ofThisCpu() == ModuleTarget.X86
                ? List.of(Precision.INT8, Precision.BF16, Precision.FP32)
                : List.of(Precision.BF16, Precision.FP32);
    }

    @Override
    public Segmenter load(Weights weights, SegmenterOptions options, String device) {
        return ModelLoader.load(weights, options, device);
    }

    @Override
    public Segmenter load(TorchScriptFile archive, SegmenterOptions options, String device) {
        return ModelLoader.load(archive, options, device);
    }

    @Override
    public void computeOthers(String device) {
        PyTorchRuntime.get(2); // On one thread PyTorch leaves oneDNN alone here.
        PointwiseConvolutions.compute(PyTorchRuntime.device(device));
    }
}
