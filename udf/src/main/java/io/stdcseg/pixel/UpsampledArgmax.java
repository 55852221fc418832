// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Argmax of upsampled scores: the class of the largest score at each pixel of a picture, from
 * coarse scores that are enlarged bilinearly to the network's size and then to the picture's,
 * without making these large maps. The lowest class takes a tie. On every pixel this is what
 * computing all enlarged scores gives, with each operation of {@link BilinearResampler} rounded.
 * (PyTorch's compiled code fuses some of them: where two scores are equal but for their last bits,
 * it may choose the other.)
 *
 * <p>An enlarged score is a sum of coarse scores with weights that are not negative, and rounding
 * keeps order. So a class that wins at all coarse nodes around some pixels wins there, too, and
 * they need no arithmetic. Elsewhere, mostly along the borders of classes, scores are enlarged as
 * the plain computation does it, but only those of classes that no other beats at all nodes.
 *
 * <p>Where a score of the picture is NaN or infinite, everything is computed, and comparisons
 * decide: a class takes a pixel if its score is larger than the best of the classes before it,
 * which NaN never is; the first class keeps what it has with NaN.
 */
public final class UpsampledArgmax {

    /** Rows that are made at a time, at most: a part of the picture that stays in the cache. */
    private static final int MAX_BLOCK = 32;

    /**
     * Columns that are computed at a time if they are several blocks: long loops are faster, but
     * more classes meet.
     */
    private static final int MAX_RUN = 48;

    private final int width;
    private final List<BilinearResampler> steps = new ArrayList<>(2);
    private final AxisBlock[] rowBlocks;
    private final AxisBlock[] columnBlocks;
    private final CoarseScores coarse;
    private final CoarseArgmax winners;
    private final CandidateClasses candidates;
    private final ScorePatch[] patches;
    private final byte[] band;

    /**
     * Plan for one size. Not thread-safe: scratch is reused.
     *
     * @param classes at most 256
     * @param part of the picture's rows that it writes
     */
    public UpsampledArgmax(
            int classes,
            int coarseHeight,
            int coarseWidth,
            int netHeight,
            int netWidth,
            int height,
            int width,
            Partition part) {
        this.width = width;
        addStep(coarseHeight, coarseWidth, netHeight, netWidth);
        addStep(netHeight, netWidth, height, width);
        AxisBlock[] blocks =
                AxisBlock.split(
                        steps.stream().map(BilinearResampler::rows).toList(), height, MAX_BLOCK);
        rowBlocks = Arrays.copyOfRange(blocks, part.begin(blocks.length), part.end(blocks.length));
        columnBlocks =
                AxisBlock.split(
                        steps.stream().map(BilinearResampler::columns).toList(), width, MAX_BLOCK);
        coarse = new CoarseScores(coarseHeight, coarseWidth, classes);
        winners = new CoarseArgmax(coarse);
        candidates = new CandidateClasses(coarse, winners);
        patches = new ScorePatch[steps.size() + 1];
        Arrays.setAll(patches, level -> new ScorePatch());
        band = new byte[Math.min(height, MAX_BLOCK) * width];
    }

    private void addStep(int fromHeight, int fromWidth, int toHeight, int toWidth) {
        AxisInterpolation rows = new AxisInterpolation(fromHeight, toHeight);
        AxisInterpolation columns = new AxisInterpolation(fromWidth, toWidth);
        if (!rows.isIdentity() || !columns.isIdentity()) {
            steps.add(new BilinearResampler(rows, columns));
        }
    }

    /**
     * Writes its part of the train ids of one picture. Positions of the buffers are neither used
     * nor changed.
     *
     * @param scores (rows, columns, classes) of the coarse grid
     * @param ids (rows, columns) of the picture
     */
    public void write(FloatBuffer scores, ByteBuffer ids) {
        coarse.read(scores);
        winners.update();
        for (AxisBlock rows : rowBlocks) {
            winners.join(rows);
            fillBand(rows);
            ids.put(rows.start() * width, band, 0, rows.samples() * width);
        }
    }

    /** Makes a block of rows, run by run of columns. */
    private void fillBand(AxisBlock rows) {
        int block = 0;
        while (block < columnBlocks.length) {
            AxisBlock first = columnBlocks[block];
            int winner = winners.of(first);
            int limit = winner == CoarseArgmax.NONE ? first.start() + MAX_RUN : width;
            AxisBlock last = first;
            block++;
            while (block < columnBlocks.length
                    && columnBlocks[block].end() <= limit
                    && winners.of(columnBlocks[block]) == winner) {
                last = columnBlocks[block++];
            }
            if (winner == CoarseArgmax.NONE) {
                compute(rows, first, last);
            } else {
                fill(rows, first.start(), last.end(), winner);
            }
        }
    }

    private void fill(AxisBlock rows, int start, int end, int id) {
        for (int y = 0; y < rows.samples(); y++) {
            Arrays.fill(band, y * width + start, y * width + end, (byte) id);
        }
    }

    private void compute(AxisBlock rows, AxisBlock firstColumns, AxisBlock lastColumns) {
        candidates.find(rows, firstColumns, lastColumns);
        for (int level = 0; level < patches.length; level++) {
            patches[level].move(candidates.count(), level, rows, firstColumns, lastColumns);
        }
        coarse.copy(candidates, patches[0]);
        for (int level = 0; level < steps.size(); level++) {
            steps.get(level).apply(patches[level], patches[level + 1]);
        }
        choose(patches[steps.size()]);
    }

    /** Writes the candidate with the largest of the computed scores, the first of several. */
    private void choose(ScorePatch scores) {
        int columns = scores.width();
        for (int y = 0; y < scores.height(); y++) {
            int best = y * scores.stride();
            int to = y * width + scores.left();
            Arrays.fill(band, to, to + columns, (byte) candidates.get(0));
            for (int i = 1; i < candidates.count(); i++) {
                challenge(
                        scores.values(), best, best + i * columns, columns, to, candidates.get(i));
            }
        }
    }

    /** Puts the larger ones of a class's scores in place of the best so far. */
    private void challenge(float[] scores, int best, int from, int columns, int to, int id) {
        for (int x = 0; x < columns; x++) {
            float score = scores[from + x];
            if (score > scores[best + x]) {
                scores[best + x] = score;
                band[to + x] = (byte) id;
            }
        }
    }
}
