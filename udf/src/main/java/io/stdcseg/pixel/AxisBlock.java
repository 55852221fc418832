// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import java.util.ArrayList;
import java.util.List;

/**
 * Block of an axis: neighbouring output samples that depend on the same coarse nodes, and what they
 * depend on: a range of samples at each level, from the coarse nodes (level 0) through what each
 * step makes to the output (the last level). Immutable.
 */
final class AxisBlock {

    private final int[] starts;
    private final int[] ends;

    private AxisBlock(int[] starts, int[] ends) {
        this.starts = starts;
        this.ends = ends;
    }

    /**
     * Cuts an axis into blocks.
     *
     * @param steps from coarse nodes to output samples; none if they are the same
     * @param samples of the output
     * @param longest block, in output samples
     */
    static AxisBlock[] split(List<AxisInterpolation> steps, int samples, int longest) {
        List<AxisBlock> blocks = new ArrayList<>();
        AxisBlock block = of(steps, 0);
        for (int i = 1; i < samples; i++) {
            AxisBlock next = of(steps, i);
            if (block.dependsOnSame(next) && block.samples() < longest) {
                block = new AxisBlock(block.starts, next.ends);
            } else {
                blocks.add(block);
                block = next;
            }
        }
        blocks.add(block);
        return blocks.toArray(AxisBlock[]::new);
    }

    /**
     * Any neighbouring samples.
     *
     * @param steps from coarse nodes to output samples; none if they are the same
     */
    static AxisBlock covering(List<AxisInterpolation> steps, int start, int end) {
        return new AxisBlock(of(steps, start).starts, of(steps, end - 1).ends);
    }

    private static AxisBlock of(List<AxisInterpolation> steps, int sample) {
        int levels = steps.size() + 1;
        int[] starts = new int[levels];
        int[] ends = new int[levels];
        starts[levels - 1] = sample;
        ends[levels - 1] = sample + 1;
        for (int level = levels - 2; level >= 0; level--) {
            AxisInterpolation step = steps.get(level);
            starts[level] = step.first(starts[level + 1]);
            ends[level] = step.second(ends[level + 1] - 1) + 1;
        }
        return new AxisBlock(starts, ends);
    }

    private boolean dependsOnSame(AxisBlock other) {
        return starts[0] == other.starts[0] && ends[0] == other.ends[0];
    }

    /** First sample of a level. */
    int start(int level) {
        return starts[level];
    }

    /** The sample after the last one of a level. */
    int end(int level) {
        return ends[level];
    }

    /** First output sample. */
    int start() {
        return starts[starts.length - 1];
    }

    /** The output sample after the last one. */
    int end() {
        return ends[ends.length - 1];
    }

    /** Output samples. */
    int samples() {
        return end() - start();
    }
}
