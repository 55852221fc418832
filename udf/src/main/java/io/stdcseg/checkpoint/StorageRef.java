// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.checkpoint;

import io.stdcseg.network.ElementType;

/**
 * A block of elements that a pickle names and the rest of the file holds.
 *
 * @param key names the block in the file
 * @param type of its elements
 * @param blockElements of the whole block
 * @param offset where this storage begins in the block, in elements; above 0 only for views as very
 *     old files have them
 * @param elements of this storage
 */
record StorageRef(String key, ElementType type, long blockElements, long offset, long elements) {}
