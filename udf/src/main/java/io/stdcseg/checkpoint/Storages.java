// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.checkpoint;

import java.nio.ByteBuffer;

/** Where the elements are that a pickle only refers to. */
interface Storages {

    /**
     * The little-endian bytes of the whole block that the storage lies in; exactly as many as its
     * elements take.
     *
     * @throws io.stdcseg.error.InputException if the file holds fewer or more
     */
    ByteBuffer block(StorageRef storage);
}
