// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.job.source.plan.SourceWatcher;
import io.stdcseg.job.source.split.StreamRanges;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.job.testing.FakeEnumeratorContext;
import io.stdcseg.video.decode.VideoRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The enumerator where sources are watched. */
class WatchingEnumeratorTest {

    private static final long LONG_ENOUGH = 5_000_000_000L;

    @TempDir private Path folder;

    private FakeEnumeratorContext<VideoSplit> context;
    private VideoSourceEnumerator enumerator;
    private long nanos;

    @BeforeEach
    void start() {
        start(new EnumeratorState(List.of(), List.of()));
    }

    private void start(EnumeratorState state) {
        SourceSpec spec =
                SourceSpec.watch(List.of(folder.toString()), ReadOptions.defaults(), null);
        SourceWatcher watcher =
                new SourceWatcher(spec.watched(), state.watch(), List.of(), () -> nanos);
        context = new FakeEnumeratorContext<>();
        context.register(0);
        context.register(1);
        enumerator = new VideoSourceEnumerator(context, state, watcher, () -> nanos);
        enumerator.start();
    }

    @Test
    void readersWaitForWhatIsAdded() throws IOException {
        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(1, null);
        add("a");
        add("b");
        context.tick();
        assertThat(context.assigned(0)).isEmpty();

        nanos += LONG_ENOUGH;
        context.tick();

        assertThat(names(context.assigned(0))).containsExactly("a");
        assertThat(names(context.assigned(1))).containsExactly("b");
        assertThat(context.finished()).isEmpty();
    }

    @Test
    void aCheckpointHoldsAStreamOrWillFindIt() throws IOException {
        add("a");
        context.tick();
        EnumeratorState before = enumerator.snapshotState(1);
        nanos += LONG_ENOUGH;
        context.tick();
        EnumeratorState after = enumerator.snapshotState(2);
        assertThat(names(after.unassigned())).containsExactly("a");

        for (EnumeratorState state : List.of(before, after)) {
            start(state);
            context.tick();
            nanos += LONG_ENOUGH;
            context.tick();
            context.tick();

            assertThat(names(enumerator.snapshotState(3).unassigned())).containsExactly("a");
        }
    }

    @Test
    void whatDoesNotOpenIsHandedOutAgainWhenItHasChanged() throws IOException {
        enumerator.handleSplitRequest(0, null);
        add("a");
        context.tick();
        nanos += LONG_ENOUGH;
        context.tick();
        enumerator.handleSourceEvent(0, new StreamRanges("a", List.of()));
        assertThat(enumerator.snapshotState(1))
                .isEqualTo(new EnumeratorState(List.of(), List.of()));

        enumerator.handleSplitRequest(0, null);
        Files.writeString(folder.resolve("a.mp4"), "index", StandardOpenOption.APPEND);
        context.tick();
        nanos += LONG_ENOUGH;
        context.tick();
        assertThat(names(context.assigned(0))).containsExactly("a", "a");

        enumerator.handleSourceEvent(0, new StreamRanges("a", List.of(VideoRange.WHOLE)));
        PlannedStream stream = context.assigned(0).get(1).stream();
        assertThat(enumerator.snapshotState(2).unassigned())
                .containsExactly(VideoSplit.whole(stream));
    }

    @Test
    void goesOnWhereAFolderIsAwayForAWhile() throws IOException {
        Path away = folder.resolveSibling(folder.getFileName() + "-away");
        add("a");
        Files.move(folder, away);
        context.tick();
        Files.move(away, folder);
        context.tick();
        nanos += LONG_ENOUGH;
        context.tick();

        assertThat(names(enumerator.snapshotState(1).unassigned())).containsExactly("a");
    }

    private void add(String name) throws IOException {
        Files.writeString(folder.resolve(name + ".mp4"), "x");
    }

    private static List<String> names(List<VideoSplit> splits) {
        return splits.stream().map(split -> split.stream().name()).toList();
    }
}
