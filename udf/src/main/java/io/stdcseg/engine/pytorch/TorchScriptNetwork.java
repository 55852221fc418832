// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.engine.CoarseNetwork;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter.NetworkCall;
import io.stdcseg.network.torchscript.TorchScriptWriter;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Network of a TorchScript archive alone, from normalised pictures of its input's size to scores at
 * 1/8, on one input in the device's memory that is used again and again. For one thread at a time.
 */
final class TorchScriptNetwork implements NetworkCall, CoarseNetwork {

    private final ScriptMethod network;
    private final NDManager memory;
    private final NDArray input;
    private NDManager last;

    /**
     * An input of zeros.
     *
     * @param model whose archive it is
     * @param network is {@link TorchScriptWriter#SCORES}
     */
    TorchScriptNetwork(
            Model model, ScriptMethod network, int pictures, int inputHeight, int inputWidth) {
        this.network = network;
        this.memory = model.getNDManager().newSubManager();
        this.last = memory.newSubManager();
        Shape shape = new Shape(pictures, inputHeight, inputWidth, SegmentRequest.CHANNELS);
        this.input = memory.zeros(shape, DataType.FLOAT32);
    }

    /** On a CPU only. */
    @Override
    public FloatBuffer input() {
        return numbers(input);
    }

    /** Copies numbers into the input, in the order of {@link #input()}; on any device. */
    void fill(FloatBuffer numbers) {
        input.set(numbers);
    }

    /** On a CPU only. */
    @Override
    public Scores compute(int pictures) {
        last.close(); // The scores of the call before.
        last = memory.newSubManager();
        NDArray scores = network.on(last, new NDList(first(pictures))).head();
        return scores(numbers(scores), scores.getShape());
    }

    /** Scores (pictures, rows, columns, classes), copied from whatever device. */
    static Scores copied(NDArray scores) {
        return scores(FloatBuffer.wrap(scores.toFloatArray()), scores.getShape());
    }

    private static Scores scores(FloatBuffer values, Shape shape) {
        return new Scores(values, (int) shape.get(1), (int) shape.get(2), (int) shape.get(3));
    }

    /** Where they lie. */
    private NDArray first(int pictures) {
        if (pictures == input.getShape().get(0)) {
            return input;
        }
        NDArray some = input.get(new NDIndex().addSliceDim(0, pictures));
        some.attach(last);
        return some;
    }

    @Override
    public void await() {
        try (NDManager scope = memory.newSubManager()) {
            // A GPU gives it when it is done.
            float unused = network.on(scope, new NDList(input)).head().getFloat(0, 0, 0, 0);
        }
    }

    private static FloatBuffer numbers(NDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void close() {
        memory.close();
    }

    /**
     * An archive in memory that has the method {@link TorchScriptWriter#SCORES}. What is prepared
     * for a size are the weights that its first call packs.
     */
    record Archive(Model model) implements CoarseNetwork.Loaded {

        @Override
        public CoarseNetwork.Prepared prepare(int height, int width) {
            ScriptMethod scores = new PrepackedMethod(model, TorchScriptWriter.SCORES);
            return new CoarseNetwork.Prepared() {

                @Override
                public CoarseNetwork open(int mostPictures) {
                    return new TorchScriptNetwork(model, scores, mostPictures, height, width);
                }

                @Override
                public void close() {
                    scores.close();
                }
            };
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
