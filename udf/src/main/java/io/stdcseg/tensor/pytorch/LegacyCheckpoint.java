// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import io.stdcseg.tensor.ByteCursor;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.QuotedText;
import io.stdcseg.tensor.pytorch.Storages.StorageRef;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The format of {@code torch.save} before version 1.6: pickles of a magic number, a protocol
 * version, a system description, the object and the storages' keys, then for each key eight bytes
 * of element count and the elements. Both are little-endian whatever machine wrote them.
 *
 * @param root the object
 * @param blocks elements by key
 */
record LegacyCheckpoint(Object root, Map<String, ByteBuffer> blocks, FileErrors refusal)
        implements Storages {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;

    static LegacyCheckpoint read(ByteBuffer file, FileErrors refusal) {
        ByteCursor in = new ByteCursor(file, refusal);
        StorageTable table = new StorageTable(refusal);
        Object magic = pickle(in, refusal, table);
        if (!MAGIC.equals(magic)) {
            throw refusal.because("it does not begin with PyTorch's magic number");
        }
        Object protocol = pickle(in, refusal, table);
        if (!Long.valueOf(PROTOCOL).equals(protocol)) {
            throw refusal.because("its format version is not " + PROTOCOL);
        }
        pickle(in, refusal, table);
        Object root = pickle(in, refusal, table);
        if (!(pickle(in, refusal, table) instanceof List<?> keys)) {
            throw refusal.because("it has no list of storages");
        }
        Map<String, ByteBuffer> blocks = new HashMap<>();
        for (Object key : keys) {
            StorageRef storage = key instanceof String name ? table.find(name) : null;
            if (storage == null || blocks.containsKey(storage.key())) {
                throw refusal.because("its list of storages does not match its tensors");
            }
            blocks.put(storage.key(), readBlock(in, storage, refusal));
        }
        return new LegacyCheckpoint(root, blocks, refusal);
    }

    private static Object pickle(ByteCursor in, FileErrors refusal, StorageTable table) {
        return new Unpickler(in, refusal, table::refer).read();
    }

    private static ByteBuffer readBlock(ByteCursor in, StorageRef storage, FileErrors refusal) {
        long elements = in.i64();
        if (elements != storage.elements()) {
            throw refusal.because(
                    "storage "
                            + QuotedText.of(storage.key())
                            + " has "
                            + elements
                            + " elements; its tensors say "
                            + storage.elements());
        }
        ElementType type = storage.type();
        if (elements > Integer.MAX_VALUE / type.bytes()) {
            throw refusal.because(
                    "storage " + QuotedText.of(storage.key()) + " says " + elements + " elements");
        }
        return in.view(elements * type.bytes());
    }

    @Override
    public ByteBuffer block(StorageRef storage) {
        ByteBuffer block = blocks.get(storage.key());
        if (block == null) {
            throw refusal.because("storage " + QuotedText.of(storage.key()) + " is missing");
        }
        return block;
    }
}
