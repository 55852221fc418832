// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Argmax of multi-scale evaluation: at each pixel of a picture the class of the largest sum of the
 * softmax scores of several views, at several scales or mirrored. The coarse scores of each view
 * are enlarged bilinearly to the size that the network saw and then to the picture's, some rows at
 * a time.
 */
public final class SummedArgmax {

    /** Rows that are made at a time: a part of the picture that stays in the cache. */
    private static final int BAND = 8;

    private final int classes;
    private final int width;
    private final int begin;
    private final int end;
    private final List<View> views;
    private final float[] shares;
    private final float[] sums;

    /**
     * Sizes of one view.
     *
     * @param coarseHeight rows of the scores
     * @param coarseWidth columns of the scores
     * @param netHeight rows of the network's input
     * @param netWidth columns of the network's input
     */
    public record Size(int coarseHeight, int coarseWidth, int netHeight, int netWidth) {}

    /** View of the picture: how its scores reach the picture's size. */
    private final class View {

        private final int columns;
        private final List<AxisInterpolation> rowSteps;
        private final List<BilinearResampler> steps;
        private final AxisBlock width;
        private final ScorePatch[] patches;

        View(Size size, int height, int width) {
            columns = size.coarseWidth();
            rowSteps =
                    List.of(
                            new AxisInterpolation(size.coarseHeight(), size.netHeight()),
                            new AxisInterpolation(size.netHeight(), height));
            List<AxisInterpolation> columnSteps =
                    List.of(
                            new AxisInterpolation(size.coarseWidth(), size.netWidth()),
                            new AxisInterpolation(size.netWidth(), width));
            steps = new ArrayList<>();
            for (int i = 0; i < rowSteps.size(); i++) {
                steps.add(new BilinearResampler(rowSteps.get(i), columnSteps.get(i)));
            }
            this.width = AxisBlock.covering(columnSteps, 0, width);
            patches = new ScorePatch[steps.size() + 1];
            Arrays.setAll(patches, level -> new ScorePatch());
        }

        /** Scores of some rows of the picture. */
        ScorePatch enlarge(FloatBuffer scores, int from, int to) {
            AxisBlock rows = AxisBlock.covering(rowSteps, from, to);
            for (int level = 0; level < patches.length; level++) {
                patches[level].move(classes, level, rows, width, width);
            }
            copy(scores, patches[0]);
            for (int level = 0; level < steps.size(); level++) {
                steps.get(level).apply(patches[level], patches[level + 1]);
            }
            return patches[steps.size()];
        }

        private void copy(FloatBuffer scores, ScorePatch target) {
            int to = 0;
            for (int y = 0; y < target.height(); y++) {
                int from = (target.top() + y) * columns * classes;
                for (int id = 0; id < classes; id++) {
                    for (int x = 0; x < columns; x++) {
                        target.values()[to++] = scores.get(from + x * classes + id);
                    }
                }
            }
        }
    }

    /**
     * Plan for one size. Not thread-safe: scratch is reused.
     *
     * @param classes at most 256
     * @param views at least one
     * @param part of the picture's rows that it writes
     */
    public SummedArgmax(int classes, List<Size> views, int height, int width, Partition part) {
        this.classes = classes;
        this.width = width;
        this.begin = part.begin(height);
        this.end = part.end(height);
        this.views = views.stream().map(size -> new View(size, height, width)).toList();
        this.shares = new float[BAND * classes * width];
        this.sums = new float[width];
    }

    /**
     * Writes its part of the train ids of one picture; the lowest class takes a tie. Positions of
     * the buffers are neither used nor changed.
     *
     * @param scores of each view, (rows, columns, classes)
     * @param ids (rows, columns) of the picture
     */
    public void write(List<FloatBuffer> scores, ByteBuffer ids) {
        for (int from = begin; from < end; from += BAND) {
            int to = Math.min(end, from + BAND);
            Arrays.fill(shares, 0);
            for (int i = 0; i < views.size(); i++) {
                ScorePatch large = views.get(i).enlarge(scores.get(i), from, to);
                for (int y = 0; y < to - from; y++) {
                    addSoftmax(large.values(), y * classes * width);
                }
            }
            for (int y = from; y < to; y++) {
                choose((y - from) * classes * width, ids, y * width);
            }
        }
    }

    /** Adds the softmax of a row of scores, class after class, to the shares at the same place. */
    private void addSoftmax(float[] scores, int row) {
        for (int x = 0; x < width; x++) {
            float largest = scores[row + x];
            for (int id = 1; id < classes; id++) {
                largest = Math.max(largest, scores[row + id * width + x]);
            }
            sums[x] = 0;
            for (int id = 0; id < classes; id++) {
                int at = row + id * width + x;
                scores[at] = (float) Math.exp(scores[at] - largest);
                sums[x] += scores[at];
            }
        }
        for (int id = 0; id < classes; id++) {
            for (int x = 0; x < width; x++) {
                int at = row + id * width + x;
                shares[at] += scores[at] / sums[x];
            }
        }
    }

    private void choose(int row, ByteBuffer ids, int to) {
        for (int x = 0; x < width; x++) {
            int best = 0;
            for (int id = 1; id < classes; id++) {
                if (shares[row + id * width + x] > shares[row + best * width + x]) {
                    best = id;
                }
            }
            ids.put(to + x, (byte) best);
        }
    }
}
