// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.network.InputScale;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * What a CPU needs to segment pictures of one size, used again and again: the network's input, and
 * the plans of the resizing before and after it. For one thread at a time.
 */
final class Workspace implements AutoCloseable {

    private final Model model;
    private final PictureSize size;
    private final int inputHeight;
    private final int inputWidth;
    private final NetworkRun network;
    private final PictureSampler sampler;
    private UpsampledArgmax argmax;

    /**
     * Nothing is in it yet.
     *
     * @param network calls {@link io.stdcseg.network.torchscript.TorchScriptWriter#SCORES}
     */
    Workspace(Model model, ArchiveCall network, InputScale scale, PictureSize size) {
        this.model = model;
        this.size = size;
        this.inputHeight = scale.inputHeight(size.height());
        this.inputWidth = scale.inputWidth(size.width(), size.height());
        this.network = new NetworkRun(model, network, size.pictures(), inputHeight, inputWidth);
        this.sampler = new PictureSampler(size.height(), size.width(), inputHeight, inputWidth);
    }

    /** Fills the pictures' masks. */
    void segment(List<SegmentRequest> batch) {
        FloatBuffer input = network.input();
        int numbers = input.capacity() / batch.size();
        for (int i = 0; i < batch.size(); i++) {
            sampler.write(batch.get(i).rgb(), input.slice(i * numbers, numbers));
        }
        // The scores are freed at the end of the call.
        try (NDManager scope = model.getNDManager().newSubManager()) {
            classify(network.scores(scope), batch);
        }
    }

    /** The network alone, on the input that is there. */
    void runNetwork() {
        network.await();
    }

    private void classify(NDArray scores, List<SegmentRequest> batch) {
        if (argmax == null) {
            argmax = argmax(scores.getShape());
        }
        FloatBuffer all = NetworkRun.numbers(scores);
        int numbers = all.capacity() / batch.size();
        for (int i = 0; i < batch.size(); i++) {
            argmax.write(all.slice(i * numbers, numbers), batch.get(i).mask());
        }
    }

    /** For scores of (pictures, rows, columns, classes). */
    private UpsampledArgmax argmax(Shape scores) {
        return new UpsampledArgmax(
                (int) scores.get(3),
                (int) scores.get(1),
                (int) scores.get(2),
                inputHeight,
                inputWidth,
                size.height(),
                size.width());
    }

    @Override
    public void close() {
        network.close();
    }
}
