// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.pixel.UpsampledConfidence;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Network that an engine computes alone, in a CPU's memory: normalised pictures of the network's
 * own size in, scores at 1/8 of it out. Its input is there once and used again and again. For one
 * thread at a time.
 */
public interface CoarseNetwork extends AutoCloseable {

    /**
     * The input's numbers themselves: (most pictures, rows, columns, 3), normalised red, green,
     * blue.
     */
    FloatBuffer input();

    /**
     * Computes scores for the first pictures of the input.
     *
     * @return what is valid until the next call
     */
    Scores compute(int pictures);

    @Override
    void close();

    /**
     * Scores of every class, contiguous.
     *
     * @param values (pictures, rows, columns, classes)
     */
    record Scores(FloatBuffer values, int rows, int columns, int classes) {

        /** What tells for pictures of a size how sure such scores are. */
        UpsampledConfidence confidence(PictureSize size) {
            return new UpsampledConfidence(classes, rows, columns, size.height(), size.width());
        }

        /** Writes how sure the scores are of those pictures that ask for it. */
        public void writeConfidence(List<SegmentRequest> batch) {
            int numbers = rows * columns * classes;
            UpsampledConfidence confidence = confidence(PictureSize.of(batch));
            for (int i = 0; i < batch.size(); i++) {
                ByteBuffer target = batch.get(i).confidence();
                if (target != null) {
                    confidence.write(values.slice(i * numbers, numbers), target);
                }
            }
        }
    }

    /** A network for pictures of one size, and what those share that compute it. Thread-safe. */
    interface Prepared extends AutoCloseable {

        /**
         * A share for one thread.
         *
         * @param mostPictures that its input holds
         */
        CoarseNetwork open(int mostPictures);

        /** Frees it; all shares must be closed. */
        @Override
        void close();
    }

    /** A network in memory. Thread-safe. */
    interface Loaded extends AutoCloseable {

        /**
         * Prepares it for inputs of a size, however many pictures there are.
         *
         * @param height of the network's input
         * @param width of the network's input
         */
        Prepared prepare(int height, int width);

        /** Frees it; all that was prepared must be closed. */
        @Override
        void close();
    }
}
