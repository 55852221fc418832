// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.job.source.enumerator.VideoSourceEnumerator.EnumeratorState;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.job.testing.FakeEnumeratorContext;
import io.stdcseg.job.testing.Streams;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VideoSourceEnumeratorTest {

    private final VideoSplit a = VideoSplit.whole(Streams.video("a"));
    private final VideoSplit b = VideoSplit.whole(Streams.video("b"));
    private final VideoSplit c = VideoSplit.whole(Streams.video("c"));
    private final FakeEnumeratorContext<VideoSplit> context = new FakeEnumeratorContext<>();
    private long nanos;
    private final VideoSourceEnumerator enumerator =
            new VideoSourceEnumerator(context, List.of(a, b, c), () -> nanos);

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
    void stateReadsBack() throws IOException {
        EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();
        EnumeratorState state = enumerator.snapshotState(1);

        byte[] bytes = serializer.serialize(state);

        assertThat(serializer.deserialize(serializer.getVersion(), bytes)).isEqualTo(state);
        assertThatThrownBy(() -> serializer.deserialize(7, bytes))
                .hasMessage("enumerator state of version 7 cannot be read; version 1 is known");
    }
}
