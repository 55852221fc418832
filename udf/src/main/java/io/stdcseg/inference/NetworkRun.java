// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.stdcseg.network.torchscript.TorchScriptWriter;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The network alone, from normalised pictures of its input's size to scores at 1/8, on one input in
 * the device's memory that is used again and again. The first run packs weights for that size, the
 * others use them. For one thread at a time.
 */
final class NetworkRun implements BareNetwork {

    /** DJL calls a method other than {@code forward} if the first input is named so. */
    private static final String METHOD = "module_method:";

    /** DJL makes a list of the inputs that are named so. */
    private static final String LIST = "packed[]";

    private final Model model;
    private final NDManager memory;
    private final NDArray input;
    private NDList call;

    /**
     * An input of zeros.
     *
     * @param model an archive that has the methods {@link TorchScriptWriter#PACK} and {@link
     *     TorchScriptWriter#SCORES}
     */
    NetworkRun(Model model, int pictures, int inputHeight, int inputWidth) {
        this.model = model;
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
        NDList results = run(scope, call == null ? callOf(TorchScriptWriter.PACK) : call);
        if (call == null) {
            call = callOf(TorchScriptWriter.SCORES);
            for (NDArray weights : results.subNDList(1)) {
                weights.setName(LIST);
                call.add(weights);
            }
        }
        NDArray scores = results.head();
        scores.attach(scope);
        return scores;
    }

    private NDList run(NDManager scope, NDList inputs) {
        return model.getBlock().forward(new ParameterStore(scope, false), inputs, false);
    }

    private NDList callOf(String method) {
        NDArray name = memory.create(0f);
        name.setName(METHOD + method);
        return new NDList(name, input);
    }

    @Override
    public void await() {
        try (NDManager scope = model.getNDManager().newSubManager()) {
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
