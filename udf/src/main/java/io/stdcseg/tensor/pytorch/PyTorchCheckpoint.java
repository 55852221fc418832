// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.tensor.TensorFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reader of what {@code torch.save} wrote: the tensors of a state dictionary, in the zip format or
 * the one before it.
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

    private PyTorchCheckpoint() {}

    /**
     * The tensors by name, in the file's order, contiguous and of the type they have in the file;
     * tensors that share a storage share memory.
     *
     * <p>They are looked for in the object's entries {@code state_dict}, {@code model_state_dict},
     * {@code model}, {@code net} and {@code network}, then in the object itself, then in the only
     * entry that has any. The prefix {@code module.}, where all names have it, is dropped.
     */
    public static Map<String, TensorData> read(Path file) {
        return parse(file.toString(), TensorFile.read(file).content());
    }

    /** Whether the bytes begin as a checkpoint does, in either format. */
    public static boolean looksLike(ByteBuffer bytes) {
        return isZip(bytes) || isPickle(bytes);
    }

    public static Map<String, TensorData> parse(String file, ByteBuffer bytes) {
        FileErrors errors = new FileErrors(file);
        if (!bytes.hasRemaining()) {
            throw errors.because("it is empty");
        }
        if (isZip(bytes)) {
            ZipCheckpoint zip = new ZipCheckpoint(bytes, errors);
            return tensors(zip.root(), zip, bytes.remaining(), errors);
        }
        if (isPickle(bytes)) {
            LegacyCheckpoint legacy = LegacyCheckpoint.read(bytes, errors);
            return tensors(legacy.root(), legacy, bytes.remaining(), errors);
        }
        throw errors.because("it is not a file that torch.save writes");
    }

    public static boolean isZip(ByteBuffer bytes) {
        return bytes.remaining() >= Integer.BYTES && bytes.getInt(0) == ZIP;
    }

    /**
     * Whether a pickle begins here: its first byte and version, which could also be the length of a
     * safetensors header, but that has a brace behind it.
     */
    private static boolean isPickle(ByteBuffer bytes) {
        return bytes.remaining() >= 2
                && (bytes.get(0) & 255) == PROTO
                && bytes.get(1) <= 5
                && (bytes.remaining() <= Long.BYTES || bytes.get(Long.BYTES) != '{');
    }

    private static Map<String, TensorData> tensors(
            Object root, Storages storages, long fileBytes, FileErrors errors) {
        StridedTensorReader reader = new StridedTensorReader(storages, fileBytes, errors);
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        StateDict.of(root, errors)
                .forEach((name, tensor) -> tensors.put(name, reader.read(name, tensor)));
        return tensors;
    }
}
