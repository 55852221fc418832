// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.benchmark;

import io.stdcseg.metric.MaskCounts;
import io.stdcseg.metric.MaskLattice;
import io.stdcseg.metric.PixelCounter;
import io.stdcseg.metric.PixelCounts;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What scoring costs a frame of 2048x1024: against its label, against the mask before it, and of
 * the picture itself. Single calls are sampled: the least and the median tell what they take on a
 * machine that is shared.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ScoringBenchmark {

    private static final int CLASSES = 19;
    private static final int WIDTH = 2048;
    private static final int HEIGHT = 1024;

    /** Of 1 a row has 74 changes of class; of 5 it has 15, as in rendered streets. */
    @Param({"1", "5"})
    private int size;

    private final PixelCounter counter = new PixelCounter(CLASSES);
    private ByteBuffer label;
    private ByteBuffer mask;
    private ByteBuffer rgb;
    private MaskLattice before;
    private short[] motion;

    /** Blobs as networks draw them, which have moved a little since the mask before. */
    @Setup
    public void draw() {
        label = blobs(0);
        mask = blobs(5);
        rgb = ByteBuffer.allocateDirect(3 * WIDTH * HEIGHT);
        before = MaskLattice.of(label, WIDTH, HEIGHT);
        motion = new short[2 * before.columns() * before.rows()];
        for (int i = 0; i < motion.length; i += 2) {
            motion[i] = 5;
        }
    }

    private ByteBuffer blobs(int shift) {
        ByteBuffer ids = ByteBuffer.allocateDirect(WIDTH * HEIGHT);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double u = (x - shift) / (90.0 * size);
                double v = y / (70.0 * size);
                double wave = Math.sin(u + Math.sin(v)) + Math.sin(v + Math.cos(0.6 * u));
                ids.put((byte) Math.min(CLASSES - 1, (int) ((wave + 2) / 4 * CLASSES)));
            }
        }
        return ids.flip();
    }

    /** Confusion matrix and boundaries of all classes. */
    @Benchmark
    public PixelCounts againstTheLabel() {
        PixelCounts counts = new PixelCounts(CLASSES);
        counter.count(WIDTH, label, mask, counts);
        return counts;
    }

    /** Shares of classes, stability, and temporal consistency. */
    @Benchmark
    public MaskCounts againstTheMaskBefore() {
        MaskLattice now = MaskLattice.of(mask, WIDTH, HEIGHT);
        MaskCounts counts = new MaskCounts(CLASSES);
        counts.add(now);
        counts.addPair(before, now);
        counts.addMovedPair(before, mask, WIDTH, HEIGHT, motion);
        return counts;
    }

    /** What the picture looks like, of planes as video has them. */
    @Benchmark
    public MaskCounts luma() {
        MaskCounts counts = new MaskCounts(CLASSES);
        counts.addLuma(label, false, WIDTH, HEIGHT);
        return counts;
    }

    /** The same of RGB. */
    @Benchmark
    public MaskCounts lumaOfRgb() {
        MaskCounts counts = new MaskCounts(CLASSES);
        counts.addRgb(rgb, WIDTH, HEIGHT);
        return counts;
    }

    /** Runs it by itself. */
    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder().include(ScoringBenchmark.class.getSimpleName()).build())
                .run();
    }
}
