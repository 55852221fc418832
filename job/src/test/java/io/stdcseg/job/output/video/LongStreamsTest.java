// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.testing.FakeDecoder;
import io.stdcseg.job.testing.TextSegments;
import io.stdcseg.video.track.TrackSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of many ranges, read by several slots, whose committer fails at any moment. */
class LongStreamsTest {

    /** So much state, and so many bytes in it, a stream being read takes at most. */
    private static final int MOST_STATE = 100_000;

    @TempDir Path dir;

    private OutputFolder folder;
    private OneInputStreamOperatorTestHarness<Committable, Void> harness;
    private Random random = new Random(0);
    private long checkpoints;

    @Test
    void theStateOfALongStreamIsThatOfAShortOne() throws Exception {
        folder = OutputFolder.of(dir);
        open(null);
        Readers readers = new Readers(4, List.of(new Reading("a", 1000, 12)));
        List<Long> sizes = new ArrayList<>();
        while (!readers.atEnd()) {
            readers.read(36);
            checkpoints++;
            readers.barrier();
            sizes.add(harness.snapshot(checkpoints, 0).getStateSize());
            harness.notifyOfCompletedCheckpoint(checkpoints);
        }
        assertThat(sizes).hasSizeGreaterThan(300);
        long early = most(sizes.subList(0, 50));
        assertThat(early).isLessThan(MOST_STATE);
        assertThat(most(sizes)).isLessThan(early + early / 10);

        end();
        assertVideo("a", 12_000);
    }

    @Test
    void rangesWithoutSegmentsTakeNoRoom() throws Exception {
        folder = OutputFolder.of(dir);
        open(null);
        for (int range = 0; range < 3600; range++) {
            tell(new Committable.RangeDone("a", range, 0));
            if (range % 10 == 9) {
                checkpoints++;
                assertThat(harness.snapshot(checkpoints, 0).getStateSize()).isLessThan(5000);
                harness.notifyOfCompletedCheckpoint(checkpoints);
            }
        }
        tell(new Committable.StreamDone("a", 3600, null));

        end();

        assertThat(dir).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyFrameIsPublishedOnceWhateverHappens(long seed) throws Exception {
        random = new Random(seed);
        folder = OutputFolder.of(dir);
        Readers readers =
                new Readers(
                        1 + random.nextInt(5),
                        List.of(
                                new Reading("a", 1 + random.nextInt(120), 12),
                                new Reading("b", 1 + random.nextInt(4), 9),
                                new Reading("c", 60, 1 + random.nextInt(3))));
        Set<String> jobs = new HashSet<>(Set.of(folder.staging()));
        Recovery last = new Recovery(null, readers.positions());
        Recovery savepoint = last;
        open(null);
        for (int step = 0; !readers.atEnd() || step < 20; step++) {
            readers.read(random.nextInt(60));
            readers.barrier();
            Recovery taken = new Recovery(harness.snapshot(++checkpoints, 0), readers.positions());
            boolean failed = false;
            switch (random.nextInt(8)) {
                case 0 -> {
                    // The checkpoint fails elsewhere, and then this task does.
                    harness.close();
                    failed = true;
                }
                case 1 -> {
                    // It is complete, but nobody is told.
                    last = taken;
                    harness.close();
                    failed = true;
                }
                case 2 -> {
                    last = taken;
                    failed = notifyWithFaults();
                }
                case 3 -> {
                    last = taken;
                    savepoint = taken;
                    harness.notifyOfCompletedCheckpoint(checkpoints);
                }
                default -> {
                    last = taken;
                    harness.notifyOfCompletedCheckpoint(checkpoints);
                }
            }
            if (!failed && random.nextInt(12) == 0) {
                readers.read(random.nextInt(20));
                harness.close();
                failed = true;
            }
            if (failed && random.nextInt(4) == 0) {
                // That job is stopped, and another one goes on from an older savepoint.
                Files.deleteIfExists(dir.resolve(".claim"));
                folder = OutputFolder.of(dir);
                last = savepoint;
                jobs.add(folder.staging());
            }
            if (failed) {
                readers.goBack(last.positions());
                open(last.state());
            }
        }

        end();
        for (Reading reading : readers.readings.values()) {
            assertVideo(reading.stream, reading.ranges * reading.framesPerRange);
        }
        assertThat(dir.resolve(folder.staging())).doesNotExist();
        try (Stream<Path> left = Files.list(dir)) {
            // A job that was given up for an older savepoint is known to no other.
            assertThat(left.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> !jobs.contains(name))
                    .containsExactlyInAnyOrder("a.masked.mp4", "b.masked.mp4", "c.masked.mp4");
        }
    }

    private boolean notifyWithFaults() throws Exception {
        FaultySegments.faults = 1 + random.nextInt(2);
        try {
            harness.notifyOfCompletedCheckpoint(checkpoints);
            return false;
        } catch (IOException e) {
            harness.close();
            return true;
        } finally {
            FaultySegments.faults = 0;
        }
    }

    private void open(OperatorSubtaskState state) throws Exception {
        // As the writers do.
        Files.createDirectories(dir.resolve(folder.staging()));
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new SegmentCommitter(folder, new FaultySegments(), false));
        harness.getEnvironment()
                .getJobConfiguration()
                .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    private void end() throws Exception {
        harness.endInput();
        checkpoints++;
        harness.snapshot(checkpoints, 0);
        harness.notifyOfCompletedCheckpoint(checkpoints);
        harness.close();
    }

    private static long most(List<Long> sizes) {
        return sizes.stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private void tell(Committable committable) throws Exception {
        harness.processElement(new StreamRecord<>(committable));
    }

    private void assertVideo(String stream, int frames) throws IOException {
        List<String> lines = Files.readAllLines(dir.resolve(stream + ".masked.mp4"));
        assertThat(lines.subList(1, lines.size()))
                .isEqualTo(LongStream.range(0, frames).mapToObj(LongStreamsTest::line).toList());
    }

    private static String line(long frame) {
        return frame + " " + FakeDecoder.pts(frame);
    }

    /**
     * What a job goes on from.
     *
     * @param state null for the beginning
     */
    private record Recovery(OperatorSubtaskState state, Map<String, List<Integer>> positions) {}

    /** Stream that is cut into equal ranges, and how many frames of each were read. */
    private static final class Reading {

        private final String stream;
        private final int ranges;
        private final int framesPerRange;
        private List<Integer> read = new ArrayList<>();

        Reading(String stream, int ranges, int framesPerRange) {
            this.stream = stream;
            this.ranges = ranges;
            this.framesPerRange = framesPerRange;
            for (int range = 0; range < ranges; range++) {
                // One more for the markers of its end.
                read.add(0);
            }
        }

        List<Integer> open(int readers) {
            return IntStream.range(0, ranges)
                    .filter(range -> read.get(range) <= framesPerRange)
                    .limit(readers)
                    .boxed()
                    .toList();
        }
    }

    /** Readers and writers of a job: each reads a range, and writes segments of it. */
    private final class Readers {

        private final int count;
        private final Map<String, Reading> readings = new LinkedHashMap<>();

        /** First and next frame of the segments being written. */
        private final Map<String, int[]> written = new LinkedHashMap<>();

        Readers(int count, List<Reading> readings) {
            this.count = count;
            readings.forEach(reading -> this.readings.put(reading.stream, reading));
        }

        boolean atEnd() {
            return readings.values().stream().allMatch(reading -> reading.open(1).isEmpty());
        }

        void read(int frames) throws Exception {
            for (int i = 0; i < frames && !atEnd(); i++) {
                List<Reading> open =
                        readings.values().stream().filter(r -> !r.open(1).isEmpty()).toList();
                Reading reading = open.get(random.nextInt(open.size()));
                List<Integer> ranges = reading.open(count);
                readOne(reading, ranges.get(random.nextInt(ranges.size())));
            }
        }

        private void readOne(Reading reading, int range) throws Exception {
            int frame = reading.read.get(range);
            reading.read.set(range, frame + 1);
            String place = reading.stream + " " + range;
            if (frame < reading.framesPerRange) {
                written.computeIfAbsent(place, p -> new int[] {frame, frame})[1] = frame + 1;
                return;
            }
            finish(place);
            tell(new Committable.RangeDone(reading.stream, range, reading.framesPerRange));
            if (range == reading.ranges - 1) {
                tell(new Committable.StreamDone(reading.stream, reading.ranges, null));
            }
        }

        void barrier() throws Exception {
            for (String place : List.copyOf(written.keySet())) {
                finish(place);
            }
        }

        private void finish(String place) throws Exception {
            int[] frames = written.remove(place);
            if (frames == null) {
                return;
            }
            String[] parts = place.split(" ");
            Reading reading = readings.get(parts[0]);
            int range = Integer.parseInt(parts[1]);
            long first = (long) range * reading.framesPerRange + frames[0];
            String file = folder.newStaged(parts[0] + "/" + UUID.randomUUID());
            Files.createDirectories(folder.resolve(file).getParent());
            long end = first + frames[1] - frames[0];
            Files.write(
                    folder.resolve(file),
                    LongStream.range(first, end).mapToObj(LongStreamsTest::line).toList());
            tell(
                    new Committable.Segment(
                            range,
                            first,
                            file,
                            end - first,
                            FakeDecoder.pts(first),
                            FakeDecoder.pts(end - 1),
                            FakeDecoder.pts(end),
                            FakeDecoder.pts(1) - FakeDecoder.pts(0),
                            FakeDecoder.info(parts[0]),
                            false,
                            null));
        }

        Map<String, List<Integer>> positions() {
            Map<String, List<Integer>> positions = new LinkedHashMap<>();
            readings.forEach((name, reading) -> positions.put(name, List.copyOf(reading.read)));
            return positions;
        }

        void goBack(Map<String, List<Integer>> positions) {
            written.clear();
            positions.forEach((name, read) -> readings.get(name).read = new ArrayList<>(read));
        }
    }

    /** Segments that cannot be joined, or of whose joining nobody hears. */
    private static final class FaultySegments extends TextSegments {

        private static int faults;

        @Override
        public void join(
                List<Path> segments,
                StreamInfo info,
                TrackSource audio,
                Path output,
                Path temporary)
                throws IOException {
            if (faults == 1) {
                throw new IOException("fault before the join");
            }
            super.join(segments, info, audio, output, temporary);
            if (faults == 2) {
                throw new IOException("fault after the join");
            }
        }
    }
}
