// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.WatchState;
import io.stdcseg.job.source.split.StreamRanges;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.job.testing.FakeEnumeratorContext;
import io.stdcseg.job.testing.Streams;
import io.stdcseg.video.decode.VideoRange;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VideoSourceEnumeratorTest {

    private final VideoSplit a = VideoSplit.whole(Streams.video("a"));
    private final VideoSplit b = VideoSplit.whole(Streams.video("b"));
    private final VideoSplit c = VideoSplit.whole(Streams.video("c"));
    private final FakeEnumeratorContext<VideoSplit> context = new FakeEnumeratorContext<>();
    private final PlannedStream drive = Streams.video("drive");
    private final StreamRanges news =
            new StreamRanges(
                    "drive",
                    List.of(
                            new VideoRange(Long.MIN_VALUE, Long.MIN_VALUE, 700, 0, 7),
                            new VideoRange(600, 700, Long.MAX_VALUE, 7, 9)));
    private long nanos;
    private final VideoSourceEnumerator enumerator =
            new VideoSourceEnumerator(
                    context, new EnumeratorState(List.of(a, b, c), List.of()), null, () -> nanos);

    @Test
    void holdsCheckpointsBackUntilAllReadersAreThere() {
        context.parallelism(2);
        enumerator.start();
        assertThat(context.backlog()).isTrue();

        enumerator.addReader(0);
        assertThat(context.backlog()).isTrue();
        enumerator.addReader(1);
        assertThat(context.backlog()).isFalse();
    }

    @Test
    void holdsThemBackAgainWhenReadersFail() {
        context.parallelism(2);
        enumerator.start();
        enumerator.addReader(0);
        enumerator.addReader(1);

        enumerator.addSplitsBack(List.of(), 0);
        enumerator.addSplitsBack(List.of(), 1);
        assertThat(context.backlog()).isTrue();

        enumerator.addReader(1);
        enumerator.addReader(0);
        assertThat(context.backlog()).isFalse();
    }

    /** The last checkpoint must come where a job goes on whose sources had all ended. */
    @Test
    void holdsThemBackForAWhileOnly() {
        context.parallelism(1);
        enumerator.start();

        nanos = AbsentReaders.PATIENCE.toNanos() - 1;
        context.tick();
        assertThat(context.backlog()).isTrue();

        nanos++;
        context.tick();
        assertThat(context.backlog()).isFalse();
    }

    @Test
    void givesOneSplitPerRequestThenTellsThatThereAreNoMore() {
        context.register(0);
        context.register(1);

        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(1, null);
        enumerator.handleSplitRequest(1, null);
        enumerator.handleSplitRequest(0, null);

        assertThat(context.assigned(0)).containsExactly(a);
        assertThat(context.assigned(1)).containsExactly(b, c);
        assertThat(context.finished()).containsExactly(0);
    }

    @Test
    void ignoresRequestsOfReadersThatFailedSince() {
        enumerator.handleSplitRequest(0, null);

        assertThat(enumerator.snapshotState(1).unassigned()).containsExactly(a, b, c);
    }

    @Test
    void handsReturnedSplitsOutFirst() {
        context.register(0);
        context.register(1);
        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(0, null);

        enumerator.addSplitsBack(List.of(a, b), 0);
        enumerator.handleSplitRequest(1, null);

        assertThat(context.assigned(1)).containsExactly(a);
        assertThat(enumerator.snapshotState(1).unassigned()).containsExactly(b, c);
    }

    @Test
    void rangesOfAStreamAreHandedOutBeforeWhatComesAfterIt() {
        VideoSourceEnumerator enumerator = enumerator(VideoSplit.first(drive), b);
        context.register(0);
        context.register(1);

        enumerator.handleSplitRequest(0, null);
        enumerator.handleSourceEvent(0, news);
        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(1, null);
        enumerator.handleSplitRequest(1, null);

        assertThat(context.events(0)).containsExactly(new StreamRanges.Taken("drive"));
        assertThat(context.assigned(0)).containsExactly(VideoSplit.uncut(drive), range(0));
        assertThat(context.assigned(1)).containsExactly(range(1), b);
    }

    @Test
    void readersWaitForTheRangesOfAStreamThatAnotherLooksInto() {
        VideoSourceEnumerator enumerator = enumerator(VideoSplit.first(drive));
        context.register(0);
        context.register(1);

        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(1, null);
        assertThat(context.finished()).isEmpty();
        enumerator.handleSourceEvent(0, news);
        assertThat(context.assigned(1)).containsExactly(range(0));

        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(0, null);
        assertThat(context.assigned(0)).containsExactly(VideoSplit.uncut(drive), range(1));
        assertThat(context.finished()).containsExactly(0);
    }

    /** The checkpoint that a reader goes on from may be older than what the enumerator knows. */
    @Test
    void takesTheSameNewsOnce() {
        VideoSourceEnumerator enumerator = enumerator(VideoSplit.first(drive));
        context.register(0);
        enumerator.handleSplitRequest(0, null);
        enumerator.handleSourceEvent(0, news);
        enumerator.handleSplitRequest(0, null);

        enumerator.handleSourceEvent(0, news);

        assertThat(context.events(0)).hasSize(2);
        assertThat(enumerator.snapshotState(1).unassigned()).containsExactly(range(1));
        enumerator.addSplitsBack(List.of(VideoSplit.uncut(drive), range(0)), 0);
        assertThat(enumerator.snapshotState(1).unassigned()).containsExactly(range(0), range(1));
    }

    @Test
    void aStreamThatComesBackUncutIsHandedOutAgain() {
        VideoSourceEnumerator enumerator = enumerator(VideoSplit.first(drive));
        context.register(0);
        enumerator.handleSplitRequest(0, null);
        assertThat(enumerator.snapshotState(1).uncut()).containsExactly(drive);

        enumerator.addSplitsBack(List.of(VideoSplit.uncut(drive)), 0);

        assertThat(enumerator.snapshotState(2))
                .isEqualTo(new EnumeratorState(List.of(VideoSplit.uncut(drive)), List.of()));
    }

    /** A reader that goes on from the same checkpoint has the stream. */
    @Test
    void aRestoredEnumeratorWaitsForNewsThatItHasNot() {
        VideoSourceEnumerator enumerator =
                new VideoSourceEnumerator(
                        context, new EnumeratorState(List.of(), List.of(drive)), null, () -> nanos);
        context.register(0);
        context.register(1);

        enumerator.handleSplitRequest(1, null);
        assertThat(context.finished()).isEmpty();

        enumerator.handleSourceEvent(0, news);
        assertThat(context.assigned(1)).containsExactly(range(0));
    }

    private VideoSourceEnumerator enumerator(VideoSplit... splits) {
        return new VideoSourceEnumerator(
                context, new EnumeratorState(List.of(splits), List.of()), null, () -> nanos);
    }

    private VideoSplit range(int number) {
        return VideoSplit.cut(drive, news.extents()).get(number);
    }

    /** A video of ten hours in ranges of ten seconds. */
    @Test
    void aRangeThatWaitsTakesLittleRoom() throws IOException {
        List<VideoRange> extents =
                IntStream.range(0, 3600)
                        .mapToObj(i -> new VideoRange(9L * i, 9L * i, 9L * i + 9, 300L * i, 300))
                        .toList();
        EnumeratorState state = new EnumeratorState(VideoSplit.cut(drive, extents), List.of());

        assertThat(new EnumeratorStateSerializer().serialize(state)).hasSizeLessThan(3600 * 100);
    }

    /** It is read for the reason why. */
    @Test
    void aStreamThatDoesNotOpenStaysWhole() {
        VideoSourceEnumerator enumerator = enumerator(VideoSplit.first(drive));
        context.register(0);
        enumerator.handleSplitRequest(0, null);

        enumerator.handleSourceEvent(0, new StreamRanges("drive", List.of()));

        assertThat(enumerator.snapshotState(1).unassigned())
                .containsExactly(VideoSplit.whole(drive));
    }

    @Test
    void stateReadsBack() throws IOException {
        EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();
        EnumeratorState state =
                new EnumeratorState(
                        List.of(a, VideoSplit.uncut(drive), range(1)),
                        List.of(drive),
                        new WatchState(Set.of("/videos/drive.mp4"), Set.of("drive")));

        byte[] bytes = serializer.serialize(state);

        assertThat(serializer.deserialize(serializer.getVersion(), bytes)).isEqualTo(state);
        assertThatThrownBy(() -> serializer.deserialize(7, bytes))
                .hasMessage("enumerator state of version 7 cannot be read; 2 and 3 are known");
    }
}
