// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.checkpoint;

/**
 * A tensor as a pickle describes it: a strided view of a storage, not yet checked against it.
 *
 * @param storage that holds its elements
 * @param offset of its first element in the storage
 * @param shape sizes from the outermost axis inwards
 * @param strides in elements, one per size
 */
record TensorRef(StorageRef storage, long offset, long[] shape, long[] strides) {}
