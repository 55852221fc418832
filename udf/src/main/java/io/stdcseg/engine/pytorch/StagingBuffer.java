// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/**
 * Staging buffer: numbers in the machine's memory that Java fills or reads, and a device copies as
 * one array. As large as the most that was asked for. For one thread at a time.
 */
final class StagingBuffer implements AutoCloseable {

    private final NDManager memory;
    private final DataType type;
    private final UnaryOperator<NDArray> pin;
    private NDArray array;
    private ByteBuffer bytes;

    /**
     * None yet.
     *
     * @param memory of the CPU; stays its owner's
     * @param type of the numbers
     * @param pin gives an array as large in page-locked memory, or the same one
     */
    StagingBuffer(NDManager memory, DataType type, UnaryOperator<NDArray> pin) {
        this.memory = memory;
        this.type = type;
        this.pin = pin;
    }

    /**
     * The first numbers as an array, which goes with {@code scope}; valid until the next is larger.
     */
    NDArray array(NDManager scope, Shape shape) {
        int count = Math.toIntExact(shape.size());
        require(count);
        NDArray first = array.get(new NDIndex().addSliceDim(0, count));
        NDArray shaped = first.reshape(shape);
        first.close();
        shaped.attach(scope);
        return shaped;
    }

    /** Their bytes, from the first number on. */
    ByteBuffer bytes() {
        return bytes;
    }

    private void require(int count) {
        if (array != null && array.size() >= count) {
            return;
        }
        close();
        NDArray plain = memory.zeros(new Shape(count), type);
        array = pin.apply(plain);
        if (array != plain) {
            plain.close();
            array.attach(memory);
        }
        bytes = array.toByteBuffer(true);
    }

    @Override
    public void close() {
        if (array != null) {
            array.close();
            array = null;
        }
    }
}
