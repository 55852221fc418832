// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.tensor.pytorch.Storages.StorageRef;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reader of strided views of storages, of which it makes contiguous tensors.
 *
 * <p>A contiguous view is a slice of its storage, others are copied. A view has at most as many
 * elements as its storage, and all copies together have at most {@value #MOST_COPIES} times the
 * bytes of the file, so that a small one cannot ask for much memory.
 */
final class StridedTensorReader {

    private static final int MOST_AXES = 64;
    private static final int MOST_COPIES = 4;

    private final Storages storages;
    private final FileErrors errors;
    private long allowance;

    StridedTensorReader(Storages storages, long fileBytes, FileErrors errors) {
        this.storages = storages;
        this.errors = errors;
        this.allowance = MOST_COPIES * fileBytes;
    }

    /** The tensor; {@code rawName} stands for it in messages. */
    TensorData read(String rawName, TensorRef tensor) {
        String name = FileErrors.quote(rawName);
        StorageRef storage = tensor.storage();
        int elements = check(name, tensor);
        ByteBuffer block = storages.block(storage);
        int width = storage.type().bytes();
        int start = (int) (storage.offset() + (elements == 0 ? 0 : tensor.offset())) * width;
        if (isContiguous(tensor)) {
            return new TensorData(
                    storage.type(), tensor.shape(), block.slice(start, elements * width));
        }
        allowance -= (long) elements * width;
        if (allowance < 0) {
            throw errors.because(
                    "its tensors show its storages so often that they take more than "
                            + MOST_COPIES
                            + " times the file");
        }
        return new TensorData(storage.type(), tensor.shape(), copy(tensor, block, start, elements));
    }

    /** Checks that the view lies in its storage and returns how many elements it has. */
    private int check(String name, TensorRef tensor) {
        long[] shape = tensor.shape();
        long[] strides = tensor.strides();
        boolean sound = shape.length == strides.length && shape.length <= MOST_AXES;
        for (int axis = 0; sound && axis < shape.length; axis++) {
            sound = shape[axis] >= 0 && strides[axis] >= 0;
        }
        if (!sound || tensor.offset() < 0) {
            throw errors.because(
                    "tensor " + name + " has sizes or strides that PyTorch does not know");
        }
        try {
            long elements = 1;
            long last = tensor.offset();
            for (int axis = 0; axis < shape.length; axis++) {
                elements = Math.multiplyExact(elements, shape[axis]);
                last = Math.addExact(last, Math.multiplyExact(shape[axis] - 1, strides[axis]));
            }
            long held = tensor.storage().elements();
            if (elements == 0 || (elements <= held && last < held)) {
                return Math.toIntExact(elements);
            }
        } catch (ArithmeticException e) {
            // Sizes beyond 64 bits lie outside of any storage.
        }
        throw errors.because(
                "tensor "
                        + name
                        + " of shape "
                        + FileErrors.quote(Arrays.toString(shape))
                        + " reaches outside its storage of "
                        + tensor.storage().elements()
                        + " elements");
    }

    private static boolean isContiguous(TensorRef tensor) {
        long expected = 1;
        for (int axis = tensor.shape().length - 1; axis >= 0; axis--) {
            long size = tensor.shape()[axis];
            if (size == 0) {
                return true;
            }
            if (size > 1 && tensor.strides()[axis] != expected) {
                return false;
            }
            expected *= size;
        }
        return true;
    }

    private static ByteBuffer copy(TensorRef tensor, ByteBuffer block, int start, int elements) {
        int width = tensor.storage().type().bytes();
        ByteBuffer out = ByteBuffer.allocate(elements * width);
        long[] shape = tensor.shape();
        int[] index = new int[shape.length];
        int from = start;
        for (int i = 0; i < elements; i++) {
            out.put(i * width, block, from, width);
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                from += (int) tensor.strides()[axis] * width;
                if (++index[axis] < shape[axis]) {
                    break;
                }
                from -= (int) (tensor.strides()[axis] * shape[axis]) * width;
                index[axis] = 0;
            }
        }
        return out;
    }

    /**
     * Reference to a tensor, as a pickle describes it: a strided view of a storage, not yet checked
     * against it.
     *
     * @param storage that holds its elements
     * @param offset of its first element in the storage
     * @param shape sizes from the outermost axis inwards
     * @param strides in elements, one per size
     */
    record TensorRef(StorageRef storage, long offset, long[] shape, long[] strides) {}
}
