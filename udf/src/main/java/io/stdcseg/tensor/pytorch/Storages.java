// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import io.stdcseg.tensor.ElementType;
import java.nio.ByteBuffer;

/** Storages of a checkpoint: the bytes of the elements that its pickle only refers to. */
interface Storages {

    /**
     * The little-endian bytes of the whole block that the storage lies in; exactly as many as its
     * elements take.
     *
     * @throws io.stdcseg.error.InputException if the file holds fewer or more
     */
    ByteBuffer block(StorageRef storage);

    /**
     * Reference to a storage: a block of elements that a pickle names and the rest of the file
     * holds.
     *
     * @param key names the block in the file
     * @param type of its elements
     * @param blockElements of the whole block
     * @param offset where this storage begins in the block, in elements; above 0 only for views as
     *     very old files have them
     * @param elements of this storage
     */
    record StorageRef(
            String key, ElementType type, long blockElements, long offset, long elements) {}
}
