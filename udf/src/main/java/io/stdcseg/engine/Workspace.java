// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.network.InputScale;
import io.stdcseg.pixel.Partition;
import io.stdcseg.pixel.PictureSampler;
import io.stdcseg.pixel.UpsampledArgmax;
import io.stdcseg.pixel.UpsampledConfidence;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Workspace of a CPU for pictures of one size, used again and again: the network's input, and the
 * plans of the resizing before and after it. For one thread at a time.
 */
final class Workspace implements AutoCloseable {

    private final GrowingNetwork network;
    private final PictureSize size;
    private final int inputHeight;
    private final int inputWidth;
    private final List<Partition> parts;
    private final List<PictureSampler> samplers;
    private List<UpsampledArgmax> argmaxes;

    /** Null until somebody asks. */
    private UpsampledConfidence confidence;

    /**
     * Nothing is in it yet.
     *
     * @param prepared for inputs of the size that {@code scale} makes of the pictures
     * @param threads that share the work before and after the network
     */
    Workspace(CoarseNetwork.Prepared prepared, InputScale scale, PictureSize size, int threads) {
        this.network = new GrowingNetwork(prepared, scale, size);
        this.size = size;
        this.inputHeight = scale.inputHeight(size.height());
        this.inputWidth = scale.inputWidth(size.width(), size.height());
        this.parts = Partition.split(threads);
        this.samplers = parts.stream().map(this::sampler).toList();
    }

    private PictureSampler sampler(Partition part) {
        return new PictureSampler(size.height(), size.width(), inputHeight, inputWidth, part);
    }

    /** Segments pictures. */
    void segment(List<SegmentRequest> batch) {
        CoarseNetwork open = network.reserve(batch.size());
        int numbers = inputHeight * inputWidth * SegmentRequest.CHANNELS;
        List<FloatBuffer> inputs = split(open.input(), batch.size(), numbers);
        Partition.forEach(
                samplers,
                sampler -> {
                    for (int i = 0; i < batch.size(); i++) {
                        sampler.write(batch.get(i).rgb(), inputs.get(i));
                    }
                });
        classify(open.compute(batch.size()), batch);
    }

    /** The network alone, on the input that is there. */
    void runNetwork(int pictures) {
        network.reserve(pictures).compute(pictures);
    }

    private void classify(CoarseNetwork.Scores scores, List<SegmentRequest> batch) {
        if (argmaxes == null) {
            argmaxes = parts.stream().map(part -> argmax(scores, part)).toList();
        }
        int numbers = scores.rows() * scores.columns() * scores.classes();
        List<FloatBuffer> all = split(scores.values(), batch.size(), numbers);
        Partition.forEach(
                argmaxes,
                argmax -> {
                    for (int i = 0; i < batch.size(); i++) {
                        argmax.write(all.get(i), batch.get(i).mask());
                    }
                });
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).confidence() != null) {
                if (confidence == null) {
                    confidence = scores.confidence(size);
                }
                confidence.write(all.get(i), batch.get(i).confidence());
            }
        }
    }

    /** The numbers of each picture. */
    private static List<FloatBuffer> split(FloatBuffer all, int pictures, int numbers) {
        return IntStream.range(0, pictures).mapToObj(i -> all.slice(i * numbers, numbers)).toList();
    }

    private UpsampledArgmax argmax(CoarseNetwork.Scores scores, Partition part) {
        return new UpsampledArgmax(
                scores.classes(),
                scores.rows(),
                scores.columns(),
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
