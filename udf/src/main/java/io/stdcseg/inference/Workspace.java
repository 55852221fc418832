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
import java.util.stream.IntStream;

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
    private final List<Part> parts;
    private final List<PictureSampler> samplers;
    private List<UpsampledArgmax> argmaxes;

    /**
     * Nothing is in it yet.
     *
     * @param network calls {@link io.stdcseg.network.torchscript.TorchScriptWriter#SCORES}
     * @param threads that share the work before and after the network
     */
    Workspace(Model model, ArchiveCall network, InputScale scale, PictureSize size, int threads) {
        this.model = model;
        this.size = size;
        this.inputHeight = scale.inputHeight(size.height());
        this.inputWidth = scale.inputWidth(size.width(), size.height());
        this.network = new NetworkRun(model, network, size.pictures(), inputHeight, inputWidth);
        this.parts = Part.split(threads);
        this.samplers = parts.stream().map(this::sampler).toList();
    }

    private PictureSampler sampler(Part part) {
        return new PictureSampler(size.height(), size.width(), inputHeight, inputWidth, part);
    }

    /** Fills the pictures' masks. */
    void segment(List<SegmentRequest> batch) {
        List<FloatBuffer> inputs = split(network.input(), batch.size());
        Part.forEach(
                samplers,
                sampler -> {
                    for (int i = 0; i < batch.size(); i++) {
                        sampler.write(batch.get(i).rgb(), inputs.get(i));
                    }
                });
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
        if (argmaxes == null) {
            argmaxes = parts.stream().map(part -> argmax(scores.getShape(), part)).toList();
        }
        List<FloatBuffer> all = split(NetworkRun.numbers(scores), batch.size());
        Part.forEach(
                argmaxes,
                argmax -> {
                    for (int i = 0; i < batch.size(); i++) {
                        argmax.write(all.get(i), batch.get(i).mask());
                    }
                });
    }

    /** The numbers of each picture. */
    private static List<FloatBuffer> split(FloatBuffer all, int pictures) {
        int numbers = all.capacity() / pictures;
        return IntStream.range(0, pictures).mapToObj(i -> all.slice(i * numbers, numbers)).toList();
    }

    /** For scores of (pictures, rows, columns, classes). */
    private UpsampledArgmax argmax(Shape scores, Part part) {
        return new UpsampledArgmax(
                (int) scores.get(3),
                (int) scores.get(1),
                (int) scores.get(2),
                inputHeight,
                inputWidth,
                size.height(),
                size.width(),
                part);
    }

    @Override
    public void close() {
        network.close();
    }
}
