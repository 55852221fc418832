// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.video.PlaylistSegment;
import io.stdcseg.testing.OperatorMetrics;
import io.stdcseg.testing.SyntheticVideo;
import io.stdcseg.video.encode.RoundTrip;
import io.stdcseg.video.encode.SegmentEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Playlists of segments of five frames, half a second. */
class PlaylistCommitterTest {

    private static final int FRAMES = 5;
    private static final long TICKS = 100_000;
    private static final long BEGIN = 1_764_467_000_000_000L;

    @TempDir Path dir;

    private OutputFolder folder;
    private PlaylistOptions options = new PlaylistOptions(1, null, Set.of());
    private int height = 48;
    private OperatorMetrics metrics;
    private OneInputStreamOperatorTestHarness<Committable, PlaylistTiming> harness;

    @BeforeEach
    void start() throws Exception {
        folder = OutputFolder.of(dir);
        open(null, true);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void growsByWhatACheckpointCoversAndEndsWithTheStream() throws Exception {
        tell(segment("a", 0, 0));
        harness.snapshot(1, 0);
        assertThat(index("a")).doesNotExist();
        harness.notifyOfCompletedCheckpoint(1);
        tell(segment("a", 0, 1), rangeDone("a", 0, 2));
        assertPlaylist("a", 0);
        assertThat(index("a")).content().doesNotContain("ENDLIST");

        checkpoint(2);
        assertPlaylist("a", 0, 1);
        assertThat(index("a")).content().contains("PLAYLIST-TYPE:EVENT").doesNotContain("ENDLIST");

        tell(new Committable.StreamDone("a", 1, null));
        end(3);
        assertPlaylist("a", 0, 1);
        assertThat(index("a")).content().endsWith("\n#EXT-X-ENDLIST\n");
        assertNothingElse();
    }

    @Test
    void aRestoreAtAnyStepGivesTheSamePlaylist() throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            tell(segment("a", 0, i));
            states.add(harness.snapshot(2 * i, 0));
            harness.close();
            open(states.get(i), true);
            assertPlaylist("a", upTo(i));
            String before = Files.readString(index("a"));
            // Again, as if that attempt had been killed before its first checkpoint.
            harness.close();
            Path litter = Files.writeString(folder.playlist("a").resolve(".index.m3u8.x"), "half");
            open(states.get(i), true);
            assertThat(index("a")).hasContent(before);
            assertThat(litter).doesNotExist();
            checkpoint(2 * i + 1);
            checkpoint(2 * i + 1000);
        }
        assertThat(staged("a")).isEmpty();
        assertThat(index("a")).content().doesNotContain("DISCONTINUITY");
    }

    @Test
    void goingBackToAnEarlierSavepointTakesBackWhatCameAfterIt() throws Exception {
        tell(segment("a", 0, 0));
        checkpoint(1);
        tell(segment("a", 0, 1));
        OperatorSubtaskState savepoint = harness.snapshot(2, 0);
        harness.notifyOfCompletedCheckpoint(2);
        tell(segment("a", 0, 2));
        checkpoint(3);
        checkpoint(4);
        assertPlaylist("a", 0, 1, 2);
        assertThat(staged("a")).isEmpty();
        harness.close();

        open(savepoint, true);

        assertPlaylist("a", 0, 1);
    }

    @Test
    void aSegmentThatIsGoneIsNamed() throws Exception {
        Committable.Segment segment = segment("a", 0, 0);
        tell(segment);
        OperatorSubtaskState state = harness.snapshot(1, 0);
        harness.close();
        Files.delete(folder.resolve(segment.file()));

        assertThatThrownBy(() -> open(state, true))
                .hasRootCauseInstanceOf(InputException.class)
                .rootCause()
                .hasMessageStartingWith(folder.resolve(segment.file()) + ", a piece of ")
                .hasMessageEndingWith(
                        "is gone, which the checkpoint to go on from needs; start anew");
    }

    @Test
    void rangesFollowEachOtherWhoeverIsFaster() throws Exception {
        tell(segment("a", 1, 2), segment("a", 0, 0), rangeDone("a", 1, 1));
        checkpoint(1);
        assertPlaylist("a", 0);
        tell(segment("a", 0, 1), rangeDone("a", 0, 2), new Committable.StreamDone("a", 2, null));

        end(2);

        assertPlaylist("a", 0, 1, 2);
        assertNothingElse();
    }

    @Test
    void lostFramesAreADiscontinuity() throws Exception {
        tell(segment("a", 0, 0), segment("a", 0, 1), segment("a", 0, 3));
        checkpoint(1);
        OperatorSubtaskState state = harness.snapshot(2, 0);
        harness.close();
        open(state, true);
        tell(segment("a", 0, 4), segment("a", 0, 9));
        checkpoint(3);

        assertPlaylist("a", 0, 1, 3, 4, 9);
        assertThat(discontinuities("a")).containsExactly(2, 4);
    }

    @Test
    void anotherSizeIsADiscontinuityWithAHeaderOfItsOwn() throws Exception {
        tell(segment("a", 0, 0));
        height = 64;
        tell(segment("a", 0, 1), segment("a", 0, 2));
        checkpoint(1);

        assertPlaylist("a", 0, 1, 2);
        assertThat(discontinuities("a")).containsExactly(1);
        assertThat(lines("a", "#EXT-X-MAP:")).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aClockThatGoesBackDoesNotTurnThePlaylistBack() throws Exception {
        tell(segment("a", 0, 10));
        tell(from(100, segment("a", 0, 2)), from(200, segment("a", 0, 3)));
        checkpoint(1);

        assertThat(discontinuities("a")).containsExactly(1);
        assertThat(times("a")).isEqualTo(LongStream.range(0, 15).mapToObj(i -> i * TICKS).toList());
    }

    @Test
    void keepsTheLastSecondsAndDeletesWhatNobodyCanAskForAnyMore() throws Exception {
        reopen(new PlaylistOptions(1, Duration.ofSeconds(2), Set.of()));
        for (int i = 0; i < 10; i++) {
            tell(segment("a", 0, i < 4 ? i : i + 1));
            harness.setProcessingTime(1000L * i);
            checkpoint(i);
        }
        // Never less than three times the target duration.
        assertPlaylist("a", 5, 6, 7, 8, 9, 10);
        assertThat(lines("a", "#EXT-X-MEDIA-SEQUENCE:")).containsExactly("4");
        assertThat(lines("a", "#EXT-X-PLAYLIST-TYPE")).isEmpty();
        assertThat(discontinuities("a")).as("the first entry's own").containsExactly(0);
        assertThat(media("a")).hasSize(10);
        OperatorSubtaskState state = harness.snapshot(20, 0);
        harness.close();
        open(state, true);

        tell(segment("a", 0, 11));
        harness.setProcessingTime(10_100);
        checkpoint(21);

        assertPlaylist("a", 6, 7, 8, 9, 10, 11);
        assertThat(lines("a", "#EXT-X-MEDIA-SEQUENCE:")).containsExactly("5");
        assertThat(lines("a", "#EXT-X-DISCONTINUITY-SEQUENCE:")).containsExactly("1");
        assertThat(media("a")).as("removed at 6 s, and 4 s ago").hasSize(10);
        tell(rangeDone("a", 0, 11), new Committable.StreamDone("a", 1, null));
        end(22);
        assertPlaylist("a", 6, 7, 8, 9, 10, 11);
        assertThat(media("a")).hasSize(6);
        assertNothingElse();
    }

    @Test
    void stateIsAsSmallForALongStreamAsForAShortOne() throws Exception {
        Committable.Segment segment = segment("a", 0, 0);
        long most = 0;
        int[] all = new int[250];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
            tell(copy(segment, i));
            OperatorSubtaskState state = harness.snapshot(i, 0);
            harness.notifyOfCompletedCheckpoint(i);
            most = Math.max(most, state.getStateSize());
            if (i == 133) {
                harness.close();
                open(state, true);
            }
        }
        assertThat(most).isLessThan(20_000);
        assertThat(lines("a", "#EXTINF:")).hasSize(all.length);
        assertThat(lines("a", "#EXT-X-MAP:")).hasSize(1);
        tell(rangeDone("a", 0, all.length), new Committable.StreamDone("a", 1, null));
        end(1000);
        assertThat(media("a")).hasSize(all.length);
        assertNothingElse();
    }

    @Test
    void aLiveStreamsEntriesSayWhenTheyWere() throws Exception {
        reopen(new PlaylistOptions(1, null, Set.of("a")));
        tell(segment("a", 0, 0), segment("b", 0, 0), segment("a", 0, 1));
        harness.setProcessingTime(BEGIN / 1000 + 1500);
        checkpoint(1);

        assertThat(lines("a", "#EXT-X-PROGRAM-DATE-TIME:"))
                .containsExactly("2025-11-30T01:43:20.000Z", "2025-11-30T01:43:20.500Z");
        assertThat(lines("b", "#EXT-X-PROGRAM-DATE-TIME:")).isEmpty();
        // Ten frames, taken up to 0.9 s after the first, which had waited for 1.5 s.
        assertThat(metrics.number(LiveLatency.P50)).isCloseTo(1000, within(20.0));
        assertThat(metrics.number(LiveLatency.P95)).isCloseTo(1500, within(20.0));
        long begin = BEGIN / 1000;
        assertThat(harness.extractOutputValues())
                .containsExactly(
                        new PlaylistTiming("a", begin, begin + 400, 5, begin + 1500),
                        new PlaylistTiming("a", begin + 500, begin + 900, 5, begin + 1500));
    }

    @Test
    void aFreshStartRemovesEarlierPlaylistsOfItsStreamsOnly() throws Exception {
        harness.close();
        folder = OutputFolder.of(dir);
        for (String stream : List.of("a", "other")) {
            Files.createDirectories(folder.playlist(stream));
            Files.writeString(index(stream), "earlier");
        }
        Files.deleteIfExists(dir.resolve(".claim"));

        open(null, true);

        assertThat(index("a")).doesNotExist();
        assertThat(index("other")).hasContent("earlier");
    }

    @Test
    void streamsWithoutFramesAndBadOnesPublishNothing() throws Exception {
        tell(new Committable.StreamDone("gone", 0, "it does not exist"));
        tell(rangeDone("empty", 0, 0), new Committable.StreamDone("empty", 1, null));

        end(1);

        assertThat(dir.resolve("hls")).doesNotExist();
        assertNothingElse();
    }

    @Test
    void publishesAtTheEndWhereNoCheckpointComes() throws Exception {
        harness.close();
        open(null, false);
        tell(segment("a", 0, 0), rangeDone("a", 0, 1), new Committable.StreamDone("a", 1, null));

        harness.endInput();

        assertPlaylist("a", 0);
        assertThat(index("a")).content().endsWith("ENDLIST\n");
        assertNothingElse();
    }

    @Test
    void aJobDrainedInTheMiddleEndsThePlaylistAndCanBeGoneOnWith() throws Exception {
        tell(segment("a", 0, 0));
        OperatorSubtaskState savepoint = harness.snapshot(1, 0);
        harness.notifyOfCompletedCheckpoint(1);
        end(2);
        assertThat(index("a")).content().endsWith("ENDLIST\n");
        assertNothingElse();
        harness.close();

        open(savepoint, true);
        assertThat(index("a")).content().doesNotContain("ENDLIST");
        tell(segment("a", 0, 1));
        checkpoint(3);

        assertPlaylist("a", 0, 1);
    }

    @Test
    void aJobDrainedWhileARangeRunsAheadKeepsThatForWhoGoesOn() throws Exception {
        tell(segment("a", 0, 0), segment("a", 1, 0));
        OperatorSubtaskState savepoint = harness.snapshot(1, 0);
        harness.notifyOfCompletedCheckpoint(1);
        end(2);
        assertThat(staged("a")).isNotEmpty();
        harness.close();

        open(savepoint, true);
        tell(segment("a", 0, 1), rangeDone("a", 0, 2));
        checkpoint(3);

        assertThat(media("a")).hasSize(3);
    }

    private void reopen(PlaylistOptions other) throws Exception {
        harness.close();
        options = other;
        open(null, true);
    }

    private void open(OperatorSubtaskState state, boolean checkpoints) throws Exception {
        Files.createDirectories(folder.resolve(folder.playlistStaging()));
        metrics = new OperatorMetrics();
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new RunningCommitter(new Playlists(folder, options, Set.of("a"))),
                        metrics.environment());
        if (checkpoints) {
            harness.getEnvironment()
                    .getJobConfiguration()
                    .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        }
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    private void checkpoint(long id) throws Exception {
        harness.snapshot(id, 0);
        harness.notifyOfCompletedCheckpoint(id);
    }

    private void end(long id) throws Exception {
        harness.endInput();
        checkpoint(id);
    }

    private void tell(Committable... committables) throws Exception {
        for (Committable committable : committables) {
            harness.processElement(new StreamRecord<>(committable));
        }
    }

    private static Committable rangeDone(String stream, int range, int segments) {
        return new Committable.RangeDone(stream, range, (long) FRAMES * segments);
    }

    private StreamInfo info(String stream) {
        return new StreamInfo(
                stream,
                "memory",
                64,
                height,
                0,
                new Rational(1, 1_000_000),
                new Rational(10, 1),
                new Rational(1, 1),
                ColorMetadata.UNSPECIFIED);
    }

    /** The segment with this number in its stream. */
    private Committable.Segment segment(String stream, int range, int number) throws IOException {
        Files.createDirectories(folder.resolve(folder.staging()));
        String name =
                String.format("%d-%06d-%s.mp4", range, number, Long.toHexString(System.nanoTime()));
        Path file = folder.resolve(folder.newStaged(name));
        StreamInfo info = info(stream);
        try (SegmentEncoder encoder =
                new SegmentEncoder(file, info, SegmentEncoder.Options.DEFAULT)) {
            for (int i = 0; i < FRAMES; i++) {
                encoder.encode(SyntheticVideo.picture(info, i), pts(number, i), TICKS);
            }
        }
        Committable.Segment staged = described(range, number, folder.newStaged(name), info);
        Committable.Segment own = PlaylistSegment.of(staged, folder, false);
        Files.delete(folder.resolve(folder.staging()));
        return own;
    }

    private Committable.Segment copy(Committable.Segment segment, int number) throws IOException {
        String copy = segment.file().replaceFirst("/0-\\d+-", String.format("/0-%06d-", number));
        Path file = folder.resolve(copy);
        Files.createDirectories(file.getParent());
        if (number > 0) {
            Files.copy(published(segment), file);
        } else {
            Files.copy(folder.resolve(segment.file()), published(segment));
        }
        return described(0, number, copy, segment.info());
    }

    private Path published(Committable.Segment segment) {
        return dir.resolve(".original-" + Path.of(segment.file()).getFileName());
    }

    private static Committable.Segment described(
            int range, int number, String file, StreamInfo info) {
        return new Committable.Segment(
                range,
                (long) FRAMES * number,
                file,
                FRAMES,
                pts(number, 0),
                pts(number, FRAMES - 1),
                pts(number, FRAMES),
                TICKS,
                info,
                false,
                null);
    }

    /** The same, for frames whose numbers in their stream begin there. */
    private static Committable.Segment from(long firstFrame, Committable.Segment segment) {
        return new Committable.Segment(
                segment.range(),
                firstFrame,
                segment.file(),
                segment.frames(),
                segment.firstPts(),
                segment.lastPts(),
                segment.endPts(),
                segment.step(),
                segment.info(),
                segment.audio(),
                null);
    }

    private static long pts(int number, int frame) {
        return BEGIN + (number * (long) FRAMES + frame) * TICKS;
    }

    private Path index(String stream) {
        return folder.playlist(stream).resolve("index.m3u8");
    }

    private static int[] upTo(int last) {
        return IntStream.rangeClosed(0, last).toArray();
    }

    private List<String> lines(String stream, String prefix) throws IOException {
        try (Stream<String> lines = Files.lines(index(stream))) {
            return lines.filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()))
                    .toList();
        }
    }

    private List<String> entries(String stream) throws IOException {
        try (Stream<String> lines = Files.lines(index(stream))) {
            return lines.filter(line -> !line.startsWith("#")).toList();
        }
    }

    /** Before which entries there is one. */
    private List<Integer> discontinuities(String stream) throws IOException {
        List<Integer> found = new ArrayList<>();
        int entries = 0;
        for (String line : Files.readAllLines(index(stream))) {
            if (line.equals("#EXT-X-DISCONTINUITY")) {
                found.add(entries);
            }
            entries += line.startsWith("#") ? 0 : 1;
        }
        return found;
    }

    /** Exactly these segments, which play, as RFC 8216 wants it. */
    private void assertPlaylist(String stream, int... numbers) throws IOException {
        List<String> files = entries(stream);
        assertThat(files.stream().map(file -> Integer.parseInt(file.split("-")[1])))
                .containsExactlyElementsOf(Arrays.stream(numbers).boxed().toList());
        assertThat(files).allMatch(file -> Files.exists(folder.playlist(stream).resolve(file)));
        int target = Integer.parseInt(lines(stream, "#EXT-X-TARGETDURATION:").get(0));
        assertThat(lines(stream, "#EXTINF:"))
                .hasSameSizeAs(files)
                .allMatch(line -> Math.round(Double.parseDouble(line.replace(",", ""))) <= target);
        assertThat(Files.readAllLines(index(stream)).get(0)).isEqualTo("#EXTM3U");
        assertThat(times(stream)).hasSize(FRAMES * numbers.length).isSorted();
    }

    /** Times of all frames that a player of the media finds, in ticks. */
    private List<Long> times(String stream) throws IOException {
        List<Long> times = new ArrayList<>();
        String header = null;
        for (String line : Files.readAllLines(index(stream))) {
            if (line.startsWith("#EXT-X-MAP:URI=")) {
                header = line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
            } else if (!line.startsWith("#")) {
                Path whole = Files.createTempFile(dir, ".played", ".mp4");
                try (OutputStream out = Files.newOutputStream(whole)) {
                    Files.copy(folder.playlist(stream).resolve(header), out);
                    Files.copy(folder.playlist(stream).resolve(line), out);
                }
                times.addAll(RoundTrip.decode(whole).pts());
                Files.delete(whole);
            }
        }
        return times;
    }

    private List<String> media(String stream) throws IOException {
        try (Stream<Path> files = Files.list(folder.playlist(stream))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".m4s"))
                    .toList();
        }
    }

    private List<Path> staged(String stream) throws IOException {
        Path staging = folder.resolve(folder.playlistStaging()).resolve(stream);
        if (Files.notExists(staging)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(staging)) {
            return files.toList();
        }
    }

    private void assertNothingElse() throws IOException {
        try (Stream<Path> left = Files.list(dir)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .allMatch(
                            name ->
                                    name.equals("hls")
                                            || name.equals(".claim")
                                            || name.startsWith(".original"));
        }
    }
}
