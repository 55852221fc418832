// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.playlist.Chunks;
import io.stdcseg.job.testing.FakeDecoder;
import io.stdcseg.job.testing.TextSegments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of streams of ten frames a second. */
class VideoEventsTest {

    private static final OutputFolder FOLDER = OutputFolder.of(Path.of("/out"));

    private OneInputStreamOperatorTestHarness<Committable, VideoEvent> harness;

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void aSegmentOfAPlaylistIsToldOfWhenThoseBeforeItAreThere() throws Exception {
        open(new PieceRule.OfPlaylists(FOLDER), null);

        tell(segment(1, 20, 5));
        assertThat(events()).isEmpty();
        tell(segment(0, 0, 12), segment(0, 12, 8));
        assertThat(events())
                .containsExactly(
                        event("segment", "hls/a/0.m4s", 0, 12, 12),
                        event("segment", "hls/a/12.m4s", 12, 20, 8));
        tell(new Committable.RangeDone("a", 0, 20));
        assertThat(events()).containsExactly(event("segment", "hls/a/20.m4s", 20, 25, 5));

        harness.endInput();
        assertThat(events()).isEmpty();
    }

    @Test
    void chunksAreCutAsTheirCommitterCutsThem() throws Exception {
        open(chunks(), null);

        tell(segment(0, 0, 6), segment(0, 6, 5));
        assertThat(events()).containsExactly(event("chunk", "a.masked-000000.mp4", 0, 11, 11));
        // Its clock goes back.
        tell(segment(0, 11, 3), segment(0, 2, 4));
        assertThat(events()).containsExactly(event("chunk", "a.masked-000001.mp4", 11, 14, 3));
        tell(new Committable.RangeDone("a", 0, 18), new Committable.StreamDone("a", 1, null));

        assertThat(events()).containsExactly(event("chunk", "a.masked-000002.mp4", 2, 6, 4));
    }

    @Test
    void aRestoredOneGoesOn() throws Exception {
        open(chunks(), null);
        tell(segment(0, 0, 11), segment(1, 20, 4), segment(0, 11, 6));
        assertThat(events()).hasSize(1);
        OperatorSubtaskState state = harness.snapshot(1, 0);
        harness.close();

        open(chunks(), state);
        tell(segment(0, 17, 3), new Committable.RangeDone("a", 0, 20));
        assertThat(events()).containsExactly(event("chunk", "a.masked-000001.mp4", 11, 24, 13));
    }

    @Test
    void oneThatToldOfAllGoesOn() throws Exception {
        open(chunks(), null);
        OperatorSubtaskState state = harness.snapshot(1, 0);
        harness.close();

        open(chunks(), state);
        tell(segment(0, 0, 11), segment(0, 11, 4));
        assertThat(events()).containsExactly(event("chunk", "a.masked-000000.mp4", 0, 11, 11));
    }

    /** As where Kafka comes to a job on its way: what went before is not known. */
    @Test
    void aJobThatGoesOnWithoutItsPartIsRefused() {
        OperatorSubtaskState nothing = OperatorSubtaskState.builder().build();

        assertThatThrownBy(() -> open(chunks(), nothing))
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--kafka-servers came to a job that writes masked video");
    }

    @Test
    void aPieceNamesTheWeightsThatMadeIt() throws Exception {
        open(chunks(), null);
        tell(segment(0, 0, 3, "old"), segment(0, 3, 3, "old"));
        OperatorSubtaskState state = harness.snapshot(1, 0);
        harness.close();
        open(chunks(), state);

        tell(segment(0, 6, 5, "new"), segment(0, 11, 11, "new"));

        assertThat(events())
                .extracting(VideoEvent::weights)
                .containsExactly(List.of("old", "new"), List.of("new"));
    }

    @Test
    void aVideoIsToldOfWhenItIsWhole() throws Exception {
        open(videos(Set.of()), null);

        tell(segment(0, 0, 6), segment(0, 6, 5), segment(0, 15, 5));
        tell(new Committable.RangeDone("a", 0, 16));
        assertThat(events()).isEmpty();
        tell(new Committable.StreamDone("a", 1, null), new Committable.StreamDone("b", 0, "torn"));

        assertThat(events()).containsExactly(event("video", "a.masked.mp4", 0, 20, 16));
    }

    @Test
    void aLiveStreamMayBeSeveralFiles() throws Exception {
        open(videos(Set.of("a")), null);

        tell(segment(0, 0, 6), segment(0, 6, 5), segment(0, 3, 5));
        harness.endInput();

        assertThat(events())
                .containsExactly(
                        event("video", "a.masked-000000.mp4", 0, 11, 11),
                        event("video", "a.masked-000001.mp4", 3, 8, 5));
    }

    @Test
    void aDrainedJobTellsOfWhatIsThere() throws Exception {
        open(chunks(), null);
        tell(segment(0, 0, 6));

        harness.endInput();

        assertThat(events()).containsExactly(event("chunk", "a.masked-000000.mp4", 0, 6, 6));
    }

    private static PieceRule chunks() {
        return new PieceRule.OfChunks(
                new Chunks(
                        FOLDER, new TextSegments(), Duration.ofSeconds(1), Set.of(), Set.of("a")));
    }

    private static PieceRule videos(Set<String> live) {
        return new PieceRule.OfVideos(FOLDER, "mp4", live);
    }

    private void open(PieceRule rule, OperatorSubtaskState state) throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(new VideoEvents(rule));
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    private void tell(Committable... committables) throws Exception {
        for (Committable committable : committables) {
            harness.processElement(new StreamRecord<>(committable));
        }
    }

    /** Those since the last call. */
    private List<VideoEvent> events() {
        List<VideoEvent> events = new ArrayList<>(harness.extractOutputValues());
        harness.getOutput().clear();
        return events;
    }

    /** Of the frames from one to before another. */
    private static VideoEvent event(String kind, String file, long from, long to, long frames) {
        return new VideoEvent(
                "a", kind, "/out", file, seconds(from), seconds(to), frames, List.of());
    }

    private static double seconds(long frame) {
        return FakeDecoder.info("a").seconds(FakeDecoder.pts(frame));
    }

    private static Committable.Segment segment(int range, long first, long frames) {
        return segment(range, first, frames, null);
    }

    private static Committable.Segment segment(int range, long first, long frames, String weights) {
        return new Committable.Segment(
                range,
                first,
                "staged/" + first + ".mp4",
                frames,
                FakeDecoder.pts(first),
                FakeDecoder.pts(first + frames - 1),
                FakeDecoder.pts(first + frames),
                FakeDecoder.pts(1) - FakeDecoder.pts(0),
                FakeDecoder.info("a"),
                false,
                weights);
    }
}
