// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import io.stdcseg.tensor.ByteCursor;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.pytorch.Storages.StorageRef;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checkpoint in the format of {@code torch.save} before version 1.6: pickles of a magic number, a
 * protocol version, a system description, the object and the storages' keys, then for each key
 * eight bytes of element count and the elements. Both are little-endian whatever machine wrote
 * them.
 *
 * @param root the object
 * @param blocks elements by key
 */
record LegacyCheckpoint(Object root, Map<String, ByteBuffer> blocks, FileErrors errors)
        implements Storages {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;

    static LegacyCheckpoint read(ByteBuffer file, FileErrors errors) {
        ByteCursor in = new ByteCursor(file, errors);
        StorageTable table = new StorageTable(errors);
        Object magic = pickle(in, errors, table);
        if (!MAGIC.equals(magic)) {
            throw errors.because("it does not begin with PyTorch's magic number");
        }
        Object protocol = pickle(in, errors, table);
        if (!Long.valueOf(PROTOCOL).equals(protocol)) {
            throw errors.because("its format version is not " + PROTOCOL);
        }
        pickle(in, errors, table);
        Object root = pickle(in, errors, table);
        if (!(pickle(in, errors, table) instanceof List<?> keys)) {
            throw errors.because("it has no list of storages");
        }
        Map<String, ByteBuffer> blocks = new HashMap<>();
        for (Object key : keys) {
            StorageRef storage = key instanceof String name ? table.find(name) : null;
            if (storage == null || blocks.containsKey(storage.key())) {
                throw errors.because("its list of storages does not match its tensors");
            }
            blocks.put(storage.key(), readBlock(in, storage, errors));
        }
        return new LegacyCheckpoint(root, blocks, errors);
    }

    private static Object pickle(ByteCursor in, FileErrors errors, StorageTable table) {
        return new Unpickler(in, errors, table::refer).read();
    }

    private static ByteBuffer readBlock(ByteCursor in, StorageRef storage, FileErrors errors) {
        long elements = in.i64();
        if (elements != storage.elements()) {
            throw errors.because(
                    "storage "
                            + FileErrors.quote(storage.key())
                            + " has "
                            + elements
                            + " elements; its tensors say "
                            + storage.elements());
        }
        ElementType type = storage.type();
        if (elements > Integer.MAX_VALUE / type.bytes()) {
            throw errors.because(
                    "storage "
                            + FileErrors.quote(storage.key())
                            + " says "
                            + elements
                            + " elements");
        }
        return in.view(elements * type.bytes());
    }

    @Override
    public ByteBuffer block(StorageRef storage) {
        ByteBuffer block = blocks.get(storage.key());
        if (block == null) {
            throw errors.because("storage " + FileErrors.quote(storage.key()) + " is missing");
        }
        return block;
    }
}
