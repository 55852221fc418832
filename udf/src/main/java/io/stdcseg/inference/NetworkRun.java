// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The network alone, from normalised pictures of its input's size to scores at 1/8, on one input in
 * the device's memory that is used again and again. For one thread at a time.
 */
final class NetworkRun implements BareNetwork {

    private final ArchiveCall network;
    private final NDManager memory;
    private final NDArray input;

    /**
     * An input of zeros.
     *
     * @param model whose archive it is
     * @param network calls {@link io.stdcseg.network.torchscript.TorchScriptWriter#SCORES}
     */
    NetworkRun(Model model, ArchiveCall network, int pictures, int inputHeight, int inputWidth) {
        this.network = network;
        this.memory = model.getNDManager().newSubManager();
        Shape shape = new Shape(pictures, inputHeight, inputWidth, SegmentRequest.CHANNELS);
        this.input = memory.zeros(shape, DataType.FLOAT32);
    }

    /** The input's numbers themselves: (pictures, rows, columns, 3). On a CPU only. */
    FloatBuffer input() {
        return numbers(input);
    }

    /** Copies numbers into the input, in the order of {@link #input()}; on any device. */
    void fill(FloatBuffer numbers) {
        input.set(numbers);
    }

    /** Scores for the input, (pictures, rows, columns, classes); they go with {@code scope}. */
    NDArray scores(NDManager scope) {
        return network.on(scope, input);
    }

    @Override
    public void await() {
        try (NDManager scope = memory.newSubManager()) {
            float unused = scores(scope).getFloat(0, 0, 0, 0); // A GPU gives it when it is done.
        }
    }

    /** An array's numbers themselves. On a CPU only. */
    static FloatBuffer numbers(NDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void close() {
        memory.close();
    }
}
