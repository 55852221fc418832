// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.tensor.TensorData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** TorchScript archive, written and loaded again. */
final class LoadedArchive implements AutoCloseable {

    private final Model model;
    private final NDManager manager;

    LoadedArchive(
            Path folder,
            ModelSpec spec,
            Map<String, TensorData> weights,
            TorchScriptOptions options)
            throws IOException, MalformedModelException {
        this(folder, ModuleCode.write(spec, weights, options));
    }

    LoadedArchive(Path folder, ScriptModule archive) throws IOException, MalformedModelException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("network.pt"))) {
            archive.write(out, Map.of());
        }
        model = Model.newInstance("network", Device.cpu(), "PyTorch");
        model.load(folder, "network");
        manager = model.getNDManager().newSubManager();
    }

    /** Runs it on 8-bit pictures (pictures, rows, columns, 3). */
    NDList run(byte[] pixels, int pictures, int rows, int columns) {
        return run(
                new NDList(
                        manager.create(
                                ByteBuffer.wrap(pixels),
                                new Shape(pictures, rows, columns, 3),
                                DataType.UINT8)));
    }

    NDList run(NDList input) {
        return model.getBlock().forward(new ParameterStore(manager, true), input, false);
    }

    /** The masks of 8-bit pictures, one behind the other. */
    byte[] masks(byte[] pixels, int pictures, int rows, int columns) {
        return run(pixels, pictures, rows, columns).singletonOrThrow().toByteArray();
    }

    NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
        model.close();
    }
}
