// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.pytorch.Storages.StorageRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Table of the storages that a pickle names, which must agree wherever it names one twice. */
final class StorageTable {

    private final FileErrors errors;
    private final Map<String, StorageRef> blocks = new HashMap<>();

    StorageTable(FileErrors errors) {
        this.errors = errors;
    }

    /**
     * The storage of a tuple {@code ('storage', type, key, device, elements[, view])}, where a view
     * is {@code (key, offset, elements)} or None.
     */
    StorageRef refer(List<?> tuple) {
        if (tuple.size() < 5
                || !"storage".equals(tuple.get(0))
                || !(tuple.get(1) instanceof PickleGlobal.StorageType type)
                || !(tuple.get(2) instanceof String key)
                || !(tuple.get(4) instanceof Long elements)
                || elements < 0) {
            Object kind = tuple.isEmpty() ? null : tuple.get(0);
            throw errors.because(
                    kind instanceof String name && !name.equals("storage")
                            ? "it refers to a " + FileErrors.quote(name) + "; allowed are storages"
                            : "a storage in its pickle is not described as PyTorch does it");
        }
        StorageRef block = new StorageRef(key, type.type(), elements, 0, elements);
        StorageRef known = blocks.putIfAbsent(key, block);
        if (known != null && !known.equals(block)) {
            throw errors.because("it describes storage " + FileErrors.quote(key) + " in two ways");
        }
        return tuple.size() > 5 && tuple.get(5) != null ? view(block, tuple.get(5)) : block;
    }

    /** The block with that key, or null if the pickle names none. */
    StorageRef find(String key) {
        return blocks.get(key);
    }

    private StorageRef view(StorageRef block, Object view) {
        if (view instanceof List<?> list
                && list.size() == 3
                && list.get(1) instanceof Long offset
                && list.get(2) instanceof Long elements
                && offset >= 0
                && elements >= 0
                && elements <= block.elements()
                && offset <= block.elements() - elements) {
            return new StorageRef(
                    block.key(), block.type(), block.blockElements(), offset, elements);
        }
        throw errors.because(
                "a view of storage " + FileErrors.quote(block.key()) + " reaches outside of it");
    }
}
