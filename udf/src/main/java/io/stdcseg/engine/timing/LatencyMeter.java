// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.timing;

import com.sun.management.OperatingSystemMXBean;
import io.stdcseg.engine.Segmenter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Measurement of a network's latency, alone and from picture to mask, in short turns, so that a
 * machine whose speed changes treats both alike.
 */
public final class LatencyMeter {

    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** One of them is enough, if the last turn was not faster than the one before. */
    private static final int WARM_UP_CALLS = 20;

    private static final int WARM_UP_TURNS = 4;
    private static final int MOST_WARM_UP_TURNS = 20;
    private static final double FASTER = 1.03;

    private final List<TimedCaller> callers;

    private LatencyMeter(List<TimedCaller> callers) {
        this.callers = callers;
    }

    /**
     * Warms up, then times. Where one call is made at a time, all are made in this thread, which
     * should be the one that loaded the network: libtorch keeps a team of threads for each thread
     * that calls it, and the first is the fastest.
     */
    public static Latency measure(Segmenter segmenter, LatencyLoad load) {
        List<TimedCaller> callers = new ArrayList<>();
        try {
            for (int i = 1; i < load.calls(); i++) {
                callers.add(TimedCaller.inAThreadOfItsOwn(segmenter, load.pictures()));
            }
            callers.add(
                    TimedCaller.here(segmenter, load.pictures())); // The others begin before it.
            LatencyMeter meter = new LatencyMeter(callers);
            meter.warmUp();
            return meter.time(load.duration(), load.batch());
        } finally {
            callers.forEach(TimedCaller::close);
        }
    }

    /**
     * First one caller after the other: on a GPU cuDNN times the convolutions it has for each
     * thread's first call, which other calls would distort.
     */
    private void warmUp() {
        for (TimedCaller caller : callers) {
            join(CompletableFuture.runAsync(caller.withIo(), caller.thread()));
            if (caller.modelOnly() != null) {
                join(CompletableFuture.runAsync(caller.modelOnly(), caller.thread()));
            }
        }
        double before;
        double now = 0;
        int calls = 0;
        int turns = 0;
        do {
            List<CallTimes> withIo = noTimes();
            turn(TimedCaller::withIo, withIo);
            turn(TimedCaller::modelOnly, noTimes());
            before = now;
            now = withIo.stream().mapToDouble(CallTimes::rate).sum();
            calls += withIo.stream().mapToInt(CallTimes::count).sum();
            turns++;
        } while (turns < MOST_WARM_UP_TURNS
                && (now > before * FASTER || (calls < WARM_UP_CALLS && turns < WARM_UP_TURNS)));
    }

    private Latency time(Duration duration, int batch) {
        List<CallTimes> withIo = noTimes();
        List<CallTimes> modelOnly = noTimes();
        long withIoNanos = 0;
        long modelOnlyNanos = 0;
        for (long left = duration.toNanos(); left > 0; left -= TURN_NANOS) {
            withIoNanos += turn(TimedCaller::withIo, withIo);
            modelOnlyNanos += turn(TimedCaller::modelOnly, modelOnly);
        }
        return new Latency(
                timing(modelOnly, batch, modelOnlyNanos), timing(withIo, batch, withIoNanos));
    }

    /**
     * Lets every caller do {@code work} again and again for a while, all at once.
     *
     * @return processor time of the process meanwhile, in nanoseconds
     */
    private long turn(Function<TimedCaller, Runnable> work, List<CallTimes> times) {
        long before = processorNanos();
        CompletableFuture<?>[] all = new CompletableFuture<?>[callers.size()];
        for (int i = 0; i < all.length; i++) {
            TimedCaller caller = callers.get(i);
            CallTimes own = times.get(i);
            Runnable repeat = () -> repeat(work.apply(caller), own);
            all[i] = CompletableFuture.runAsync(repeat, caller.thread());
        }
        join(CompletableFuture.allOf(all));
        return processorNanos() - before;
    }

    private static void join(CompletableFuture<?> work) {
        try {
            work.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** Of all threads, native ones too. */
    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static void repeat(Runnable call, CallTimes times) {
        if (call == null) {
            return;
        }
        long start = System.nanoTime();
        long now = start;
        while (now - start < TURN_NANOS) {
            call.run();
            long end = System.nanoTime();
            times.add(end - now);
            now = end;
        }
    }

    private List<CallTimes> noTimes() {
        return Stream.generate(CallTimes::new).limit(callers.size()).toList();
    }

    private static Latency.Timing timing(List<CallTimes> times, int batch, long processorNanos) {
        return times.get(0).count() == 0 ? null : CallTimes.timing(times, batch, processorNanos);
    }

    /**
     * Latency of a network.
     *
     * @param modelOnly from a normalised picture of the network's size to scores, both in the
     *     device's memory; null where the network cannot be called alone
     * @param withIo from an 8-bit picture to train ids, both in main memory
     */
    public record Latency(Timing modelOnly, Timing withIo) {

        /**
         * Times of calls.
         *
         * @param framesPerSecond of all calls together
         * @param p50 half of the calls were as fast, in milliseconds
         * @param p95 of 95 % of the calls, in milliseconds
         * @param p99 of 99 % of the calls, in milliseconds
         * @param processorMillis that all of the process's threads together computed for a frame
         */
        public record Timing(
                double framesPerSecond,
                double p50,
                double p95,
                double p99,
                double processorMillis) {}
    }
}
