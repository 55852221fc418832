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
 * Times a network alone and from picture to mask, in short turns, so that a machine whose speed
 * changes treats both alike.
 */
public final class LatencyMeter {

    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** One of them is enough, if the last turn was not faster than the one before. */
    private static final int WARM_UP_CALLS = 20;

    private static final int WARM_UP_TURNS = 4;
    private static final int MOST_WARM_UP_TURNS = 20;
    private static final double FASTER = 1.03;

    private final List<Caller> callers;

    private LatencyMeter(List<Caller> callers) {
        this.callers = callers;
    }

    /**
     * Warms up, then times. Where one call is made at a time, all are made in this thread, which
     * should be the one that loaded the network: libtorch keeps a team of threads for each thread
     * that calls it, and the first is the fastest.
     */
    public static Latency measure(Segmenter segmenter, LatencyLoad load) {
        List<Caller> callers = new ArrayList<>();
        try {
            for (int i = 1; i < load.calls(); i++) {
                callers.add(Caller.inAThreadOfItsOwn(segmenter, load.pictures()));
            }
            callers.add(Caller.here(segmenter, load.pictures())); // The others begin before it.
            LatencyMeter meter = new LatencyMeter(callers);
            meter.warmUp();
            return meter.time(load.duration(), load.batch());
        } finally {
            callers.forEach(Caller::close);
        }
    }

    private void warmUp() {
        double before;
        double now = 0;
        int calls = 0;
        int turns = 0;
        do {
            List<CallTimes> withIo = noTimes();
            turn(Caller::withIo, withIo);
            turn(Caller::modelOnly, noTimes());
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
            withIoNanos += turn(Caller::withIo, withIo);
            modelOnlyNanos += turn(Caller::modelOnly, modelOnly);
        }
        return new Latency(
                timing(modelOnly, batch, modelOnlyNanos), timing(withIo, batch, withIoNanos));
    }

    /**
     * Lets every caller do {@code work} again and again for a while, all at once.
     *
     * @return processor time of the process meanwhile, in nanoseconds
     */
    private long turn(Function<Caller, Runnable> work, List<CallTimes> times) {
        long before = processorNanos();
        CompletableFuture<?>[] all = new CompletableFuture<?>[callers.size()];
        for (int i = 0; i < all.length; i++) {
            Caller caller = callers.get(i);
            CallTimes own = times.get(i);
            Runnable repeat = () -> repeat(work.apply(caller), own);
            all[i] = CompletableFuture.runAsync(repeat, caller.thread());
        }
        try {
            CompletableFuture.allOf(all).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
        return processorNanos() - before;
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
}
