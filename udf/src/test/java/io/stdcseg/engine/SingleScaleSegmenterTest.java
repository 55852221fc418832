// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleScaleSegmenterTest {

    private static final int SIDE = 16;

    private final List<String> prepared = new ArrayList<>();
    private final List<Integer> opened = new ArrayList<>();
    private int open;

    private final SingleScaleSegmenter segmenter =
            new SingleScaleSegmenter(
                    info(), LabelSet.of("cityscapes"), new CountingNetwork(), InputScale.by(1));

    @AfterEach
    void allIsFreed() {
        segmenter.close();
        assertThat(open).isZero();
    }

    @Test
    void batchesOfAllSizesShareWhatIsPrepared() {
        for (int call = 0; call < 100; call++) {
            segment(1 + call % 8);
        }

        assertThat(prepared).containsExactly("16x16");
        assertThat(opened).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void aSmallerBatchUsesTheLargerOnesMemory() {
        segment(8);
        segment(3);
        segment(7);

        assertThat(opened).containsExactly(8);
    }

    /** The first picture is dark, the others are bright. */
    private void segment(int pictures) {
        List<SegmentRequest> batch =
                IntStream.range(0, pictures)
                        .mapToObj(n -> request((byte) (n == 0 ? 0 : 200)))
                        .toList();

        segmenter.segment(batch);

        for (int n = 0; n < pictures; n++) {
            ByteBuffer mask = batch.get(n).mask();
            byte expected = (byte) (n == 0 ? 0 : 1);
            for (int i = 0; i < mask.capacity(); i++) {
                assertThat(mask.get(i)).isEqualTo(expected);
            }
        }
    }

    private static SegmentRequest request(byte level) {
        ByteBuffer rgb = ByteBuffer.allocate(SIDE * SIDE * SegmentRequest.CHANNELS);
        while (rgb.hasRemaining()) {
            rgb.put(level);
        }
        return new SegmentRequest(SIDE, SIDE, rgb.flip(), ByteBuffer.allocate(SIDE * SIDE));
    }

    private static NetworkInfo info() {
        return new NetworkInfo("m", "1.0", "e", "cpu", "fp32", 1, "w", "0");
    }

    /** Two classes: dark and bright. */
    private final class CountingNetwork implements CoarseNetwork.Loaded {

        @Override
        public CoarseNetwork.Prepared prepare(int height, int width) {
            prepared.add(height + "x" + width);
            open++;
            return new CoarseNetwork.Prepared() {

                @Override
                public CoarseNetwork open(int mostPictures) {
                    opened.add(mostPictures);
                    open++;
                    return new Run(mostPictures, height, width);
                }

                @Override
                public void close() {
                    open--;
                }
            };
        }

        @Override
        public void close() {}
    }

    private final class Run implements CoarseNetwork {

        private final FloatBuffer input;
        private final int height;
        private final int width;

        Run(int mostPictures, int height, int width) {
            this.input = FloatBuffer.allocate(mostPictures * height * width * 3);
            this.height = height;
            this.width = width;
        }

        @Override
        public FloatBuffer input() {
            return input;
        }

        @Override
        public Scores compute(int pictures) {
            int rows = height / 8;
            int columns = width / 8;
            FloatBuffer scores = FloatBuffer.allocate(pictures * rows * columns * 2);
            for (int i = 0; i < scores.capacity() / 2; i++) {
                float level = input.get(i / (rows * columns) * height * width * 3);
                scores.put(2 * i, -level).put(2 * i + 1, level);
            }
            return new Scores(scores, rows, columns, 2);
        }

        @Override
        public void close() {
            open--;
        }
    }
}
