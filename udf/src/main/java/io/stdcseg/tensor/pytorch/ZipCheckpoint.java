// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import io.stdcseg.tensor.ByteCursor;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.pytorch.Storages.StorageRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checkpoint in the format of {@code torch.save} since version 1.6: a zip archive with {@code
 * NAME/data.pkl}, {@code NAME/data/KEY} for each storage, and perhaps {@code NAME/byteorder}.
 */
final class ZipCheckpoint implements Storages {

    private static final String PICKLE = "data.pkl";
    private static final int LONGEST_PICKLE = 64 << 20;

    private final ZipArchive zip;
    private final FileErrors errors;
    private final String folder;
    private final boolean bigEndian;
    private final Map<String, ByteBuffer> blocks = new HashMap<>();

    ZipCheckpoint(ByteBuffer file, FileErrors errors) {
        this.zip = new ZipArchive(file, errors);
        this.errors = errors;
        this.folder = folder();
        this.bigEndian = isBigEndian();
    }

    /** The object in the archive. */
    Object root() {
        if (zip.size(folder + PICKLE) > LONGEST_PICKLE) {
            throw errors.because("its pickle is larger than " + LONGEST_PICKLE + " bytes");
        }
        ByteBuffer pickle = zip.bytes(folder + PICKLE);
        StorageTable table = new StorageTable(errors);
        return new Unpickler(new ByteCursor(pickle, errors), errors, table::refer).read();
    }

    @Override
    public ByteBuffer block(StorageRef storage) {
        return blocks.computeIfAbsent(storage.key(), key -> readBlock(storage));
    }

    private String folder() {
        List<String> pickles =
                zip.names().stream()
                        .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
                        .limit(2)
                        .toList();
        if (pickles.size() != 1) {
            throw errors.because(
                    "its zip archive has "
                            + (pickles.isEmpty() ? "no " : "more than one ")
                            + PICKLE);
        }
        String name = pickles.get(0);
        String found = name.substring(0, name.length() - PICKLE.length());
        if (zip.names().contains(found + "constants.pkl")) {
            throw errors.because(
                    "it is a TorchScript archive, whose parameters cannot be taken out; a state"
                            + " dictionary is needed");
        }
        return found;
    }

    private boolean isBigEndian() {
        String entry = folder + "byteorder";
        if (!zip.names().contains(entry)) {
            return false;
        }
        String order = StandardCharsets.US_ASCII.decode(zip.bytes(entry)).toString();
        return switch (order) {
            case "little" -> false;
            case "big" -> true;
            default ->
                    throw errors.because(
                            "its byte order is '"
                                    + FileErrors.quote(order)
                                    + "'; allowed are little and big");
        };
    }

    private ByteBuffer readBlock(StorageRef storage) {
        String entry = folder + "data/" + storage.key();
        String name = FileErrors.quote(storage.key());
        long held = zip.size(entry);
        if (held < 0) {
            throw errors.because("storage " + name + " is missing");
        }
        int width = storage.type().bytes();
        if (held % width != 0 || held / width != storage.blockElements()) {
            throw errors.because(
                    "storage "
                            + name
                            + " has "
                            + held
                            + " bytes; its tensors say "
                            + storage.blockElements()
                            + " elements of "
                            + width);
        }
        ByteBuffer bytes = zip.bytes(entry);
        return bigEndian ? swap(bytes, width) : bytes;
    }

    private static ByteBuffer swap(ByteBuffer bytes, int width) {
        ByteBuffer swapped = ByteBuffer.allocate(bytes.limit());
        for (int i = 0; i < bytes.limit(); i++) {
            int inElement = i % width;
            swapped.put(i, bytes.get(i - inElement + width - 1 - inElement));
        }
        return swapped;
    }
}
