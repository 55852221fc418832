// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.network.InputScale;
import io.stdcseg.pixel.Partition;
import io.stdcseg.pixel.PictureSampler;
import io.stdcseg.pixel.SummedArgmax;
import java.nio.FloatBuffer;
import java.util.List;

/** Network at one of the scales of multi-scale evaluation, for pictures of one size. */
final class ScaledNetwork implements AutoCloseable {

    private final int height;
    private final int width;
    private final CoarseNetwork.Prepared prepared;
    private final GrowingNetwork network;
    private final PictureSampler sampler;

    ScaledNetwork(CoarseNetwork.Loaded loaded, InputScale scale, PictureSize size) {
        InputMemory.HERE.require(scale, size, 1);
        height = scale.inputHeight(size.height());
        width = scale.inputWidth(size.width(), size.height());
        prepared = loaded.prepare(height, width);
        network = new GrowingNetwork(prepared, scale, size);
        sampler = new PictureSampler(size.height(), size.width(), height, width, Partition.WHOLE);
    }

    /** Scores of pictures; the network's input is then what {@link #mirroredScores} mirrors. */
    CoarseNetwork.Scores scores(List<SegmentRequest> batch) {
        FloatBuffer input = network.reserve(batch.size()).input();
        int numbers = height * width * SegmentRequest.CHANNELS;
        for (int i = 0; i < batch.size(); i++) {
            sampler.write(batch.get(i).rgb(), input.slice(i * numbers, numbers));
        }
        return compute(batch.size());
    }

    /** Scores of the mirrored pictures whose {@link #scores} were computed last, mirrored back. */
    CoarseNetwork.Scores mirroredScores(int pictures) {
        mirror(network.reserve(pictures).input(), width, SegmentRequest.CHANNELS);
        CoarseNetwork.Scores scores = compute(pictures);
        mirror(scores.values(), scores.columns(), scores.classes());
        return scores;
    }

    /** Sizes of its scores and of the input that they are of. */
    SummedArgmax.Size sizeOf(CoarseNetwork.Scores scores) {
        return new SummedArgmax.Size(scores.rows(), scores.columns(), height, width);
    }

    /** A copy of the scores, which outlives the next call. */
    private CoarseNetwork.Scores compute(int pictures) {
        CoarseNetwork.Scores scores = network.reserve(pictures).compute(pictures);
        FloatBuffer copy = FloatBuffer.allocate(scores.values().capacity());
        copy.put(0, scores.values(), 0, copy.capacity());
        return new CoarseNetwork.Scores(copy, scores.rows(), scores.columns(), scores.classes());
    }

    /**
     * Exchanges left and right in place.
     *
     * @param values rows of {@code width} pixels of {@code channels} numbers
     */
    private static void mirror(FloatBuffer values, int width, int channels) {
        int row = width * channels;
        float[] numbers = new float[row];
        for (int at = 0; at < values.capacity(); at += row) {
            values.get(at, numbers);
            for (int x = 0; x < width; x++) {
                values.put(at + (width - 1 - x) * channels, numbers, x * channels, channels);
            }
        }
    }

    @Override
    public void close() {
        network.close();
        prepared.close();
    }
}
