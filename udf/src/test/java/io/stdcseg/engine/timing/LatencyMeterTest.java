// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.Segmenter.NetworkCall;
import io.stdcseg.engine.timing.LatencyMeter.Latency;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.testing.FakeSegmenter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LatencyMeterTest {

    private static final int WIDTH = 4;
    private static final int HEIGHT = 2;
    private static final byte LEVEL = 7;

    @Test
    void oneCallAtATimeIsMadeByTheCallingThread() {
        Recorder network = new Recorder();

        Latency latency = LatencyMeter.measure(network, load(3, 1));

        assertThat(network.threads).containsExactly(Thread.currentThread());
        assertThat(network.batches).containsExactly(3);
        assertThat(network.levels).containsExactly(LEVEL);
        assertThat(network.open).hasValue(0);
        for (Latency.Timing timing : List.of(latency.modelOnly(), latency.withIo())) {
            assertThat(timing.p50()).isPositive().isLessThanOrEqualTo(timing.p95());
            assertThat(timing.p95()).isLessThanOrEqualTo(timing.p99());
            assertThat(timing.framesPerSecond()).isPositive();
        }
    }

    /** The first of each thread alone: on a GPU convolutions are compared in it. */
    @Test
    void severalCallsAreMadeAtOnceAfterTheFirst() {
        CyclicBarrier bothAreHere = new CyclicBarrier(2);
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        Recorder network =
                new Recorder() {
                    @Override
                    public void segment(List<SegmentRequest> batch) {
                        super.segment(batch);
                        int others = running.getAndIncrement();
                        int call = calls.getAndIncrement();
                        if (call < 2) {
                            assertThat(others).isZero();
                            assertThat(threads).hasSize(call + 1);
                        } else if (call < 4) {
                            await(bothAreHere);
                        }
                        running.getAndDecrement();
                    }
                };

        LatencyMeter.measure(network, load(1, 2));

        assertThat(network.threads).hasSize(2).contains(Thread.currentThread());
        assertThat(network.open).hasValue(0);
    }

    @Test
    void aNetworkThatCannotBeCalledAloneIsTimedAsAWhole() {
        Latency latency = LatencyMeter.measure(new FakeSegmenter("cpu"), load(1, 1));

        assertThat(latency.modelOnly()).isNull();
        assertThat(latency.withIo().p50()).isPositive();
    }

    @Test
    void aFailureEndsIt() {
        Recorder network =
                new Recorder() {
                    @Override
                    public void segment(List<SegmentRequest> batch) {
                        throw new IllegalStateException("out of memory");
                    }
                };

        assertThatThrownBy(() -> LatencyMeter.measure(network, load(1, 2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("out of memory");
        assertThat(network.open).hasValue(0);
    }

    private static LatencyLoad load(int batch, int calls) {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        rgb[rgb.length - 1] = LEVEL;
        return new LatencyLoad(
                WIDTH, HEIGHT, ByteBuffer.wrap(rgb), batch, calls, Duration.ofMillis(1));
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new AssertionError("nobody else calls", e);
        }
    }

    /** Does nothing, and remembers who asked for it. */
    private static class Recorder implements Segmenter {

        final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        final Set<Integer> batches = ConcurrentHashMap.newKeySet();
        final Set<Byte> levels = ConcurrentHashMap.newKeySet();
        final AtomicInteger open = new AtomicInteger();

        @Override
        public void segment(List<SegmentRequest> batch) {
            threads.add(Thread.currentThread());
            batches.add(batch.size());
            levels.add(batch.get(batch.size() - 1).rgb().get(3 * WIDTH * HEIGHT - 1));
        }

        @Override
        public Optional<NetworkCall> network(List<SegmentRequest> pictures) {
            open.incrementAndGet();
            return Optional.of(
                    new NetworkCall() {
                        @Override
                        public void await() {
                            threads.add(Thread.currentThread());
                        }

                        @Override
                        public void close() {
                            open.decrementAndGet();
                        }
                    });
        }

        @Override
        public NetworkInfo info() {
            return new NetworkInfo("fake", "1.0", "fake", "cpu", "fp32", 1, "none", "0");
        }

        @Override
        public LabelSet labels() {
            return LabelSet.of("camvid");
        }

        @Override
        public void close() {}
    }
}
