// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.engine.Devices;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.Segmenter.NetworkCall;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Verdict.Outcome;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.weights.Weights;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import javax.imageio.ImageIO;

/**
 * Trial of candidates, in a process that they may end: each computes the mask of a picture with the
 * default weights, which is held against the one that plain Java computed, and is timed. Started by
 * {@link TrialProcess}.
 */
public final class Trial {

    /** Begins each line for {@link TrialProcess}; libraries may print others. */
    static final String MARK = "stdc-trial ";

    static final String BEGINS = "begins";
    static final String ENDS = "ends";

    static final int WIDTH = 128;
    static final int HEIGHT = 64;

    /** The mask of plain Java, from which a test tells whether other weights want another. */
    static final String EXPECTED = "trial.png";

    /** On larger maps, as jobs have them, candidates differ by more than what a call costs. */
    private static final int TIMED = 4;

    /** Where the small picture takes longer, that is time enough: an emulated processor is slow. */
    private static final long SLOW_NANOS = 2_000_000_000;

    /** Below this share of equal pixels nobody rounds, somebody errs. */
    private static final double LEAST_AGREEMENT = 0.95;

    private static final double LEAST_AGREEMENT_OF_SINGLES = 0.999;

    /** The first ones lay weights out, and fill caches. */
    private static final int LEAST_CALLS = 3;

    private static final int MOST_CALLS = 12;
    private static final long ENOUGH_NANOS = 100_000_000;

    private final PrintStream out;
    private final Weights weights = weights();
    private final SegmentRequest picture = ExamplePicture.request(WIDTH, HEIGHT);
    private final ByteBuffer expected = expected();

    private Trial(PrintStream out) {
        this.out = out;
    }

    /**
     * Tries candidates one after the other.
     *
     * @param candidates as {@link Candidate#argument} writes them
     */
    public static void main(String... candidates) throws ReflectiveOperationException {
        Trial trial = new Trial(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        for (String argument : candidates) {
            trial.run(argument);
        }
    }

    private void run(String argument) throws ReflectiveOperationException {
        out.println(MARK + BEGINS + " " + argument);
        Candidate candidate = Candidate.parse(argument);
        Verdict verdict;
        try {
            verdict = candidate.precision() == null ? computeOthers(candidate) : judge(candidate);
        } catch (RuntimeException | LinkageError e) {
            verdict = Verdict.unable(e);
        }
        out.println(MARK + ENDS + " " + argument + " " + verdict.text());
    }

    private static Verdict computeOthers(Candidate candidate) {
        candidate.engine().computeOthers(candidate.device());
        return Verdict.passed(1, 0);
    }

    private Verdict judge(Candidate candidate) {
        SegmenterOptions options =
                SegmenterOptions.DEFAULTS
                        .withEngine(candidate.engine().name())
                        .withPrecision(candidate.precisionLabel())
                        .withDevice("cpu")
                        .withThreads(1);
        try (Segmenter segmenter = candidate.engine().load(weights, options, candidate.device())) {
            long start = System.nanoTime();
            segmenter.segment(List.of(picture));
            long first = System.nanoTime() - start;
            out.println(MARK + "computed");
            double agreement = agreement(expected, picture.mask());
            out.println(MARK + "compared");
            boolean single = candidate.precision() == Precision.FP32;
            if (agreement < (single ? LEAST_AGREEMENT_OF_SINGLES : LEAST_AGREEMENT)) {
                return Verdict.failed(
                        Outcome.WRONG,
                        String.format(
                                Locale.ROOT, "gets %.1f %% of the pixels right", 100 * agreement));
            }
            long nanos =
                    first > SLOW_NANOS
                            ? first * TIMED * TIMED
                            : fastestLargeCall(segmenter, clock(candidate.device()));
            return Verdict.passed(agreement, nanos / 1e6);
        }
    }

    /**
     * This thread's own time, which a busy machine leaves as it is; on a GPU, where somebody else
     * works, that of the wall.
     */
    private static LongSupplier clock(String device) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Devices.isGpu(device) || !threads.isCurrentThreadCpuTimeSupported()
                ? System::nanoTime
                : threads::getCurrentThreadCpuTime;
    }

    /** Of the network alone. */
    private static long fastestLargeCall(Segmenter segmenter, LongSupplier clock) {
        SegmentRequest large = ExamplePicture.request(TIMED * WIDTH, TIMED * HEIGHT);
        NetworkCall network =
                segmenter.network(List.of(large)).orElse(() -> segmenter.segment(List.of(large)));
        try (network) {
            long fastest = Long.MAX_VALUE;
            long left = ENOUGH_NANOS;
            for (int call = 0; call < LEAST_CALLS || call < MOST_CALLS && left > 0; call++) {
                long start = clock.getAsLong();
                network.await();
                long nanos = clock.getAsLong() - start;
                fastest = Math.min(fastest, nanos);
                left -= nanos;
            }
            return fastest;
        }
    }

    /** What candidates compute with. */
    static Weights weights() {
        return Weights.defaults().scaled(InputScale.by(1));
    }

    /** The mask that comes along. */
    static ByteBuffer expected() {
        try (InputStream in = Trial.class.getResourceAsStream(EXPECTED)) {
            Raster mask = ImageIO.read(in).getRaster();
            byte[] ids = (byte[]) mask.getDataElements(0, 0, WIDTH, HEIGHT, null);
            return ByteBuffer.wrap(ids);
        } catch (IOException e) {
            throw new UncheckedIOException(EXPECTED + " is not in the jar as it was built", e);
        }
    }

    /** The share of pixels in which two masks agree. */
    static double agreement(ByteBuffer a, ByteBuffer b) {
        int equal = 0;
        for (int i = 0; i < a.capacity(); i++) {
            equal += a.get(i) == b.get(i) ? 1 : 0;
        }
        return (double) equal / a.capacity();
    }
}
