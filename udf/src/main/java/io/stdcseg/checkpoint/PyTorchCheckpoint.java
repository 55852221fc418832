// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.checkpoint;

import io.stdcseg.network.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what {@code torch.save} wrote: the tensors of a state dictionary, in the zip format or the
 * one before it.
 *
 * <p>Such a file holds a pickle, which in Python may run anything. Here nothing is run ({@link
 * Unpickler}), and nothing is allocated that the file does not back. Whatever is not a dictionary
 * of tensors is refused with an {@link io.stdcseg.error.InputException} of one line that names the
 * file and what is wrong.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/main/torch/serialization.py">The writer</a>
 */
public final class PyTorchCheckpoint {

    private static final int ZIP = 0x504B0304; // PK\3\4
    private static final int PROTO = 0x80;
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private PyTorchCheckpoint() {}

    /**
     * The tensors by name, in the file's order, contiguous and of the type they have in the file;
     * tensors that share a storage share memory.
     *
     * <p>They are looked for in the object itself, then in its entries {@code state_dict}, {@code
     * model_state_dict}, {@code model}, {@code net} and {@code network}, then in the only entry
     * that has any. The prefix {@code module.}, where all names have it, is dropped.
     */
    public static Map<String, TensorData> read(Path file) {
        Refusal refusal = new Refusal(file.toString());
        ByteBuffer bytes = readAll(file, refusal);
        if (!bytes.hasRemaining()) {
            throw refusal.because("it is empty");
        }
        if (bytes.remaining() >= Integer.BYTES && bytes.getInt(0) == ZIP) {
            ZipCheckpoint zip = new ZipCheckpoint(bytes, refusal);
            return tensors(zip.root(), zip, refusal);
        }
        if ((bytes.get(0) & 255) == PROTO) {
            LegacyFile legacy = LegacyFile.read(bytes, refusal);
            return tensors(legacy.root(), legacy, refusal);
        }
        throw refusal.because("it is not a file that torch.save writes");
    }

    private static ByteBuffer readAll(Path file, Refusal refusal) {
        try {
            if (Files.size(file) > LARGEST) {
                throw refusal.because("it is larger than 2 GiB");
            }
            return ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw CheckpointFiles.unreadable(file, e);
        }
    }

    private static Map<String, TensorData> tensors(
            Object root, Storages storages, Refusal refusal) {
        TensorReader reader = new TensorReader(storages, refusal);
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        StateDict.of(root, refusal)
                .forEach((name, tensor) -> tensors.put(name, reader.read(name, tensor)));
        return tensors;
    }
}
