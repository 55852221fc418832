// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Rational;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceWatcherTest {

    @TempDir private Path tmp;

    private Path folder;
    private long now = -7_000_000_000L;

    @BeforeEach
    void normalise() throws IOException {
        folder = tmp.toRealPath();
    }

    @Test
    void takesUpOnceWhatHasNotChangedForFiveSeconds() throws IOException {
        SourceWatcher watcher = watch(folder.toString());
        write("a.mp4");

        assertThat(lookAndTake(watcher)).isEmpty();
        pass(Duration.ofSeconds(3));
        write("b.mp4");
        assertThat(lookAndTake(watcher)).isEmpty();
        pass(Duration.ofSeconds(2));
        assertThat(lookAndTake(watcher)).containsExactly(video("a"));
        pass(Duration.ofSeconds(3));
        assertThat(lookAndTake(watcher)).containsExactly(video("b"));
        pass(Duration.ofHours(1));
        assertThat(lookAndTake(watcher)).isEmpty();
    }

    @Test
    void leavesAFileThatIsBeingWritten() throws IOException {
        SourceWatcher watcher = watch(folder + "/*.mp4");
        write("a.mp4");
        for (int second = 0; second < 12; second += 4) {
            assertThat(lookAndTake(watcher)).isEmpty();
            pass(Duration.ofSeconds(4));
            Files.writeString(folder.resolve("a.mp4"), "more", StandardOpenOption.APPEND);
        }
        assertThat(lookAndTake(watcher)).isEmpty();
        pass(Duration.ofSeconds(4));
        // Of the same length, as of a file that is as long as it will be from the start.
        Files.setLastModifiedTime(folder.resolve("a.mp4"), FileTime.fromMillis(1));
        assertThat(lookAndTake(watcher)).isEmpty();

        pass(Duration.ofSeconds(5));
        assertThat(lookAndTake(watcher)).containsExactly(video("a"));
    }

    @Test
    void aFolderOfPicturesIsAStreamWhenNothingIsAddedToItAnyMore() throws IOException {
        SourceWatcher watcher =
                new SourceWatcher(
                        sources(new Rational(25, 1), folder.toString()),
                        WatchState.EMPTY,
                        List.of(),
                        () -> now);
        write("drive/2.png");
        write("empty/readme.txt");
        assertThat(lookAndTake(watcher)).isEmpty();
        pass(Duration.ofSeconds(4));
        write("drive/10.png");
        assertThat(lookAndTake(watcher)).isEmpty();
        pass(Duration.ofSeconds(4));
        assertThat(lookAndTake(watcher)).isEmpty();

        pass(Duration.ofSeconds(1));
        String drive = folder.resolve("drive").toString();
        assertThat(lookAndTake(watcher))
                .containsExactly(
                        PlannedStream.pictures(
                                "drive",
                                drive,
                                drive,
                                List.of("2.png", "10.png"),
                                PictureTiming.even(new Rational(25, 1))));
    }

    @Test
    void aGlobTakesWhatMatchesOfAllFolders() throws IOException {
        SourceWatcher watcher = watch(folder + "/**/*.mp4");
        write("x/a.mp4");
        write("y/a.mp4");
        write("y/a.txt");
        write("y/.a.mp4");
        lookAndTake(watcher);
        pass(SettledEntries.PATIENCE);

        assertThat(lookAndTake(watcher))
                .extracting(PlannedStream::name)
                .containsExactly("a", "a-2");
    }

    @Test
    void overlappingSourcesTakeAFileOnce() throws IOException {
        SourceWatcher watcher = watch(folder.toString(), folder + "/*.mp4");
        write("a.mp4");
        lookAndTake(watcher);
        pass(SettledEntries.PATIENCE);

        assertThat(lookAndTake(watcher)).containsExactly(video("a"));
    }

    /** The next look may be under way before what the last one found is taken up. */
    @Test
    void whatIsFoundTwiceIsTakenOnce() throws IOException {
        SourceWatcher watcher = watch(folder.toString());
        write("a.mp4");
        watcher.look();
        pass(SettledEntries.PATIENCE);

        List<SourceWatcher.Found> first = watcher.look();
        List<SourceWatcher.Found> second = watcher.look();

        assertThat(second).isEqualTo(first);
        assertThat(watcher.take(first)).containsExactly(video("a"));
        assertThat(watcher.take(second)).isEmpty();
    }

    @Test
    void aRestartGoesOnWhereItsCheckpointWas() throws IOException {
        SourceWatcher watcher = watch(folder.toString());
        write("a.mp4");
        lookAndTake(watcher);
        pass(SettledEntries.PATIENCE);
        lookAndTake(watcher);
        WatchState checkpoint = watcher.state();
        write("b.mp4");
        lookAndTake(watcher);
        pass(SettledEntries.PATIENCE);
        assertThat(lookAndTake(watcher)).containsExactly(video("b"));

        Files.delete(folder.resolve("a.mp4"));
        SourceWatcher restarted =
                new SourceWatcher(
                        sources(null, folder.toString()), checkpoint, List.of(), () -> now);
        lookAndTake(restarted);
        // It is there again: the drive was away.
        write("a.mp4");
        write("sub/1.png");
        lookAndTake(restarted);
        pass(SettledEntries.PATIENCE);

        assertThat(lookAndTake(restarted))
                .extracting(PlannedStream::name)
                .containsExactly("b", "sub");
        assertThat(restarted.state().paths())
                .isEqualTo(Set.of(folder + "/a.mp4", folder + "/b.mp4", folder + "/sub"));
    }

    @Test
    void namesOfTheJobsOtherStreamsAreTaken() throws IOException {
        SourceWatcher watcher =
                new SourceWatcher(
                        sources(null, folder.toString()),
                        new WatchState(Set.of(), Set.of("b")),
                        List.of("a"),
                        () -> now);
        write("A.mp4");
        write("b.mp4");
        lookAndTake(watcher);
        pass(SettledEntries.PATIENCE);

        assertThat(lookAndTake(watcher))
                .extracting(PlannedStream::name)
                .containsExactly("A-2", "b-2");
    }

    @Test
    void whatDoesNotOpenIsLeftUntilItChanges() throws IOException {
        SourceWatcher watcher = watch(folder.toString());
        write("a.mp4");
        lookAndTake(watcher);
        pass(SettledEntries.PATIENCE);
        PlannedStream stream = lookAndTake(watcher).get(0);

        assertThat(watcher.giveBack(stream)).isTrue();
        assertThat(watcher.giveBack(stream)).isFalse();
        assertThat(watcher.state()).isEqualTo(WatchState.EMPTY);
        pass(Duration.ofMinutes(1));
        assertThat(lookAndTake(watcher)).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(lookAndTake(watcher)).isEmpty();

        Files.writeString(folder.resolve("a.mp4"), "index", StandardOpenOption.APPEND);
        assertThat(lookAndTake(watcher)).isEmpty();
        pass(SettledEntries.PATIENCE);
        assertThat(lookAndTake(watcher)).containsExactly(stream);
        watcher.opened(stream);
    }

    /** It may have changed between the failure and the restart. */
    @Test
    void whatDoesNotOpenAfterARestartGetsOneMoreTry() throws IOException {
        SourceWatcher before = watch(folder.toString());
        write("a.mp4");
        lookAndTake(before);
        pass(SettledEntries.PATIENCE);
        PlannedStream stream = lookAndTake(before).get(0);
        SourceWatcher watcher =
                new SourceWatcher(
                        sources(null, folder.toString()), before.state(), List.of(), () -> now);

        assertThat(watcher.giveBack(stream)).isTrue();
        lookAndTake(watcher);
        pass(SettledEntries.PATIENCE);
        assertThat(lookAndTake(watcher)).containsExactly(stream);
        watcher.giveBack(stream);
        lookAndTake(watcher);
        pass(SettledEntries.PATIENCE);
        assertThat(lookAndTake(watcher)).isEmpty();
    }

    @Test
    void whatIsNoPlaceForOthersIsNotWatched() throws IOException {
        write("a.mp4");
        String file = folder + "/a.mp4";

        SourceSpec spec =
                SourceSpec.watch(List.of(file, folder.toString()), ReadOptions.defaults(), null);
        assertThat(spec.streams()).containsExactly(video("a"));
        assertThat(spec.watched().sources())
                .containsExactly(
                        new WatchedSources.Source(folder.toString(), folder.toString(), null));
        assertThat(spec.describe()).isEqualTo("a and 1 more");
        assertThat(spec.hasSeveralStreams()).isTrue();
        assertFails("--watch has nothing to watch: " + file + "; a source that is a", file);
        assertFails("source 'gone/*.mp4': folder", "gone/*.mp4");
        assertFails("source 'gone' does not exist", folder.toString(), "gone");
    }

    private static void assertFails(String message, String... sources) {
        assertThatThrownBy(() -> sources(null, sources))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void streamsOfOthersAreNotItsToGiveBack() {
        assertThat(watch(folder.toString()).giveBack(video("other"))).isFalse();
    }

    @Test
    void aFolderThatIsGoneIsSaid() throws IOException {
        write("sub/b.mp4");
        SourceWatcher watcher = watch(folder + "/sub/*.mp4");
        Files.delete(folder.resolve("sub/b.mp4"));
        Files.delete(folder.resolve("sub"));

        assertThatThrownBy(watcher::look)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("sub");
        write("sub/a.mp4");
        watcher.look();
        pass(SettledEntries.PATIENCE);
        assertThat(watcher.take(watcher.look()))
                .extracting(PlannedStream::name)
                .containsExactly("a");
    }

    @Test
    void theStateIsWrittenAndRead() throws IOException {
        WatchState.Serializer serializer = new WatchState.Serializer();
        WatchState state = new WatchState(Set.of("/é/b.mp4", "/é/a.mp4"), Set.of("a", "b"));

        byte[] bytes = serializer.serialize(state);

        assertThat(serializer.deserialize(serializer.getVersion(), bytes)).isEqualTo(state);
        assertThatThrownBy(() -> serializer.deserialize(2, bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("watch state of version 2 cannot be read; version 1 is known");
    }

    private SourceWatcher watch(String... sources) {
        return new SourceWatcher(sources(null, sources), WatchState.EMPTY, List.of(), () -> now);
    }

    private static WatchedSources sources(Rational rate, String... sources) {
        return SourceSpec.watch(List.of(sources), ReadOptions.defaults(), rate).watched();
    }

    private static List<PlannedStream> lookAndTake(SourceWatcher watcher) {
        return watcher.take(watcher.look());
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private PlannedStream video(String name) {
        return PlannedStream.video(name, folder.resolve(name + ".mp4").toString());
    }

    private void write(String relative) throws IOException {
        Path file = folder.resolve(relative);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }
}
