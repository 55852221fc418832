// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.tensor.TensorData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writer of state dictionaries as {@code torch.save} writes them since version 1.6, for {@code
 * torch.load} with and without {@code weights_only}.
 */
public final class PyTorchCheckpointWriter {

    private PyTorchCheckpointWriter() {}

    /**
     * Writes a file, which is complete or absent. Names that have the same object share a storage.
     */
    public static void write(Path file, Map<String, TensorData> tensors) throws IOException {
        AtomicFile.write(file, out -> write(out, new PickleWriter(), tensors, PickleWriter::stop));
    }

    /**
     * Writes a dictionary that has the state dictionary as its entry {@code state_dict}, as
     * published backbones are saved; else as {@link #write}.
     */
    public static void writeNested(Path file, Map<String, TensorData> tensors) throws IOException {
        AtomicFile.write(
                file,
                out ->
                        write(
                                out,
                                new PickleWriter().emptyDict().mark().text("state_dict"),
                                tensors,
                                pickle -> pickle.setItems().stop()));
    }

    private static void write(
            OutputStream out,
            PickleWriter pickle,
            Map<String, TensorData> tensors,
            Function<PickleWriter, byte[]> end)
            throws IOException {
        IdentityHashMap<TensorData, String> keys = new IdentityHashMap<>();
        List<TensorData> storages = new ArrayList<>();
        pickle.emptyOrderedDict().mark();
        tensors.forEach(
                (name, tensor) -> {
                    if (keys.putIfAbsent(tensor, Integer.toString(storages.size())) == null) {
                        storages.add(tensor);
                    }
                    pickle.text(name)
                            .tensor(
                                    keys.get(tensor),
                                    tensor.type(),
                                    tensor.shape(),
                                    tensor.strides());
                });
        try (PyTorchArchive archive = new PyTorchArchive(out)) {
            archive.put("data.pkl", ByteBuffer.wrap(end.apply(pickle.setItems())));
            for (TensorData storage : storages) {
                archive.put("data/" + keys.get(storage), storage.bytes());
            }
        }
    }
}
