// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.frame.FrameElement.StreamEnd;
import io.stdcseg.function.score.StreamEvent.FrameScore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a stream is cut, and in whatever order its ranges are read, its scores are the same. */
class RollingScoreRangesTest {

    private static final long SECOND = 1_000_000_000;
    private static final int WINDOW_SLIDES = 3;

    /** What has no value, NaN, is as what has none. */
    private static final RecursiveComparisonConfiguration NOTHING_IS_NOTHING =
            RecursiveComparisonConfiguration.builder()
                    .withComparatorForType(Double::compare, Double.class)
                    .build();

    private final List<ScoreWindow> windows = new ArrayList<>();
    private final List<StreamTotals> totals = new ArrayList<>();
    private KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, ScoreWindow> harness;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void anyInterleavingOfRangesScoresAsOneRange(long seed) throws Exception {
        Random random = new Random(seed);
        List<FrameScore> frames = frames(random, 200);
        run(events(List.of(frames)), 1, null, null);
        List<ScoreWindow> expected = List.copyOf(windows);
        StreamTotals expectedTotals = totals.get(0);
        assertThat(expected).hasSizeGreaterThan(20);

        windows.clear();
        totals.clear();
        List<List<FrameScore>> ranges = cut(frames, random, 1 + random.nextInt(40));
        run(events(ranges), 1 + random.nextInt(ranges.size()), random, expected);

        assertThat(windows)
                .usingRecursiveFieldByFieldElementComparator(NOTHING_IS_NOTHING)
                .containsExactlyElementsOf(expected);
        assertThat(totals).hasSize(1);
        assertThat(totals.get(0))
                .usingRecursiveComparison()
                .ignoringFields("skippedPictures")
                .isEqualTo(expectedTotals);
        assertThat(totals.get(0).skippedPictures())
                .extracting(SkippedPicture::index)
                .isEqualTo(
                        expectedTotals.skippedPictures().stream()
                                .map(SkippedPicture::index)
                                .toList());
    }

    @Test
    void theStateDoesNotGrowWithTheNumberOfRanges() throws Exception {
        harness = open(null);
        long early = 0;
        for (int range = 0; range < 3600; range++) {
            for (int second = 0; second < 10; second++) {
                send(frame(range, 10 * range + second, range * 10L + second, true));
            }
            // The next slot is ahead, and its range ends first.
            if (range % 2 == 1) {
                send(new RangeEnd("a", range, 10, 0));
                send(new RangeEnd("a", range - 1, 10, 0));
            }
            if (range == 9) {
                early = harness.snapshot(1, 1).getStateSize();
            }
        }

        assertThat(harness.snapshot(2, 2).getStateSize()).isLessThanOrEqualTo(early);
        assertThat(harness.extractOutputValues()).hasSize(36_000 - WINDOW_SLIDES);
        harness.close();
    }

    /** Frames at uneven times, some with labels, some seconds without any frame. */
    private static List<FrameScore> frames(Random random, int count) {
        List<FrameScore> frames = new ArrayList<>();
        long nanos = (random.nextInt(3) - 1) * 700_000_000L;
        for (int i = 0; i < count; i++) {
            frames.add(frame(0, i, nanos, random.nextInt(4) > 0, random));
            nanos += 1 + random.nextInt(random.nextInt(10) == 0 ? 2_500_000 : 500_000) * 1000L;
        }
        return frames;
    }

    private static StreamEvent frame(int range, long index, long second, boolean labelled) {
        return StreamEvent.of(
                new FrameScore(
                        "a",
                        range,
                        index,
                        second * SECOND,
                        labelled ? new long[] {1, 0, 0, 1} : null));
    }

    private static FrameScore frame(
            int range, long index, long nanos, boolean labelled, Random random) {
        long[] counts = {
            -2, random.nextInt(9), random.nextInt(9), random.nextInt(9), 1, 1, 2, 2, 1, 2, 3
        };
        return new FrameScore("a", range, index, nanos, labelled ? counts : null);
    }

    private static List<List<FrameScore>> cut(List<FrameScore> frames, Random random, int count) {
        List<List<FrameScore>> ranges = new ArrayList<>();
        for (int range = 0; range < count; range++) {
            ranges.add(new ArrayList<>());
        }
        int range = 0;
        for (int i = 0; i < frames.size(); i++) {
            // Some ranges stay empty.
            int left = count - 1 - range;
            if (left > 0 && random.nextInt(frames.size() - i) < left) {
                range += 1 + random.nextInt(Math.min(2, left));
            }
            FrameScore f = frames.get(i);
            ranges.get(range).add(new FrameScore("a", range, f.index(), f.timeNanos(), f.counts()));
        }
        return ranges;
    }

    /** What the reader of each range tells, in order; every seventh picture has a damaged one. */
    private static List<Deque<StreamEvent>> events(List<List<FrameScore>> ranges) {
        List<Deque<StreamEvent>> all = new ArrayList<>();
        for (int range = 0; range < ranges.size(); range++) {
            Deque<StreamEvent> events = new ArrayDeque<>();
            events.add(event(new RangeStart("a", range, 1, 0)));
            int skipped = 0;
            for (FrameScore frame : ranges.get(range)) {
                events.add(StreamEvent.of(frame));
                if (frame.index() % 7 == 0) {
                    events.add(event(new SkippedPicture("a", range, frame.index(), null, "torn")));
                    skipped++;
                }
            }
            events.add(event(new RangeEnd("a", range, ranges.get(range).size(), skipped)));
            if (range == ranges.size() - 1) {
                events.add(event(new StreamEnd("a", "a.mp4", ranges.size(), null)));
            }
            all.add(events);
        }
        return all;
    }

    private static StreamEvent event(FrameElement marker) {
        return StreamEvent.of(marker);
    }

    /**
     * Reads ranges by so many readers.
     *
     * @param random null: in order, and undisturbed
     * @param expected null, or what leaves in all: each as soon as it is known to be whole
     */
    private void run(
            List<Deque<StreamEvent>> ranges, int readers, Random random, List<ScoreWindow> expected)
            throws Exception {
        harness = open(null);
        Progress progress = new Progress();
        List<Deque<StreamEvent>> waiting = new ArrayList<>(ranges);
        List<Deque<StreamEvent>> read = new ArrayList<>();
        while (!waiting.isEmpty() || !read.isEmpty()) {
            while (read.size() < readers && !waiting.isEmpty()) {
                // After a restore at another parallelism ranges are handed out in another order.
                int next = random == null ? 0 : random.nextInt(Math.min(4, waiting.size()));
                read.add(waiting.remove(next));
            }
            Deque<StreamEvent> range = read.get(random == null ? 0 : random.nextInt(read.size()));
            StreamEvent event = range.remove();
            send(event);
            progress.add(event);
            if (range.isEmpty()) {
                read.remove(range);
            }
            takeOutput();
            if (expected != null) {
                assertThat(windows).hasSize(progress.passed(expected));
            }
            if (random != null && random.nextInt(20) == 0) {
                OperatorSubtaskState snapshot = harness.snapshot(1, 1);
                harness.close();
                harness = open(snapshot);
            }
        }
        assertThat(harness.numKeyedStateEntries()).isZero();
        harness.close();
    }

    private void takeOutput() {
        windows.addAll(harness.extractOutputValues());
        harness.getOutput().clear();
        var ended = harness.getSideOutput(RollingScoreFunction.TOTALS);
        if (ended != null) {
            ended.forEach(total -> totals.add(total.getValue()));
            ended.clear();
        }
    }

    /** What is known of a stream's progress, by the simplest means. */
    private static final class Progress {

        private final Map<Integer, Long> last = new HashMap<>();
        private final Set<Integer> ended = new HashSet<>();
        private Integer total;

        void add(StreamEvent event) {
            if (event.frame() != null) {
                last.put(event.frame().range(), event.frame().timeNanos());
            } else if (event.rangeEnd() != null) {
                ended.add(event.rangeEnd().range());
            } else if (event.streamEnd() != null) {
                total = event.streamEnd().ranges();
            }
        }

        /** How many of all windows have passed. */
        int passed(List<ScoreWindow> all) {
            if (total != null && ended.size() == total) {
                return all.size();
            }
            long reached = Long.MIN_VALUE;
            int range = 0;
            for (; ended.contains(range); range++) {
                reached = last.getOrDefault(range, reached);
            }
            long known = last.getOrDefault(range, reached);
            return (int) all.stream().filter(w -> w.windowEnd() * SECOND <= known).count();
        }
    }

    private void send(FrameElement marker) throws Exception {
        send(StreamEvent.of(marker));
    }

    private void send(StreamEvent event) throws Exception {
        harness.processElement(new StreamRecord<>(event));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, ScoreWindow> open(
            OperatorSubtaskState state) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, ScoreWindow> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(
                                new RollingScoreFunction(
                                        Duration.ofSeconds(WINDOW_SLIDES),
                                        Duration.ofSeconds(1),
                                        List.of("road", "car"))),
                        StreamEvent::stream,
                        Types.STRING);
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }
}
