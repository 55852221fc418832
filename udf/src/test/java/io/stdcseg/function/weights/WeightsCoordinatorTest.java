// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.function.weights.WeightsEvent.Ended;
import io.stdcseg.function.weights.WeightsEvent.Forget;
import io.stdcseg.function.weights.WeightsEvent.Prepare;
import io.stdcseg.function.weights.WeightsEvent.Prepared;
import io.stdcseg.function.weights.WeightsEvent.Running;
import io.stdcseg.function.weights.WeightsEvent.TakeAt;
import io.stdcseg.function.weights.WeightsEvent.Tell;
import io.stdcseg.function.weights.WeightsEvent.Unfit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.operators.coordination.EventReceivingTasks;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WeightsCoordinatorTest {

    private static final KeptWeights OLD = new KeptWeights("copy/old", "old.pth", "0");

    @TempDir private Path folder;

    private final EventReceivingTasks tasks = EventReceivingTasks.createForRunningTasks();
    private Path watched;
    private WeightsWatch watch;
    private WeightsCoordinator coordinator;
    private final int[] seen = new int[2];
    private long nanos;
    private int written;

    @BeforeEach
    void start() throws IOException {
        watched = Files.createDirectories(folder.resolve("models"));
        watch =
                new WeightsWatch(
                        watched.toString(),
                        folder.resolve("copies").toString(),
                        Duration.ofNanos(10));
        coordinator = new WeightsCoordinator(watch, new WeightsFinder(watch, () -> nanos));
        for (int subtask = 0; subtask < 2; subtask++) {
            coordinator.executionAttemptReady(
                    subtask, 0, tasks.createGatewayForSubtask(subtask, 0));
            say(subtask, new Running(OLD));
        }
    }

    @Test
    void allTakeNewWeightsAtTheCheckpointThatBeginsWhenAllHaveLoadedThem() throws Exception {
        KeptWeights next = found("new.pth", "new");
        assertThat(Files.readString(Path.of(next.copy()))).isEqualTo("new");
        say(0, new Prepared(next));
        assertThat(checkpoint(1)).isEmpty();
        say(1, new Prepared(next));

        assertThat(checkpoint(2)).containsExactly(new TakeAt(2, next), new TakeAt(2, next));

        assertThat(checkpoint(3)).isEmpty();
        say(0, new Running(next));
        Files.writeString(watched.resolve("newer.pth"), "newer");
        settle();
        assertThat(sent()).as("while one has not changed").isEmpty();
        say(1, new Running(next));
        settle();
        assertThat(sent()).hasSize(2).allMatch(Prepare.class::isInstance);
    }

    @Test
    void whatOneSubtaskCannotUseNobodyTakes() throws Exception {
        KeptWeights next = found("broken.pth", "broken");
        say(0, new Prepared(next));

        say(1, new Unfit(next, "it is broken"));

        assertThat(sent())
                .containsExactly(
                        new Forget(next),
                        new Forget(next),
                        new Tell(WeightsNews.refused(next, "it is broken")));
        settle();
        assertThat(sent()).as("the same bytes").isEmpty();
        assertThat(checkpoint(1)).isEmpty();
        found("broken.pth", "mended");
    }

    @Test
    void whatIsStillWrittenIsWaitedFor() throws Exception {
        Files.writeString(watched.resolve("new.pth"), "half");
        coordinator.look();
        nanos += 9;
        coordinator.look();
        Files.writeString(watched.resolve("new.pth"), "half and the rest");
        nanos += 9;
        coordinator.look();
        assertThat(sent()).isEmpty();

        settle();

        assertThat(((Prepare) sent().get(0)).weights().file())
                .isEqualTo(watched.resolve("new.pth").toString());
    }

    @Test
    void ofAFolderTheFileThatWasChangedLastIsTaken() throws Exception {
        for (String name : List.of("b.pth", "a.safetensors", "c.txt", ".d.pth")) {
            Files.writeString(watched.resolve(name), name);
        }
        Files.setLastModifiedTime(watched.resolve("b.pth"), FileTime.fromMillis(1000));
        Files.setLastModifiedTime(watched.resolve("a.safetensors"), FileTime.fromMillis(2000));

        settle();

        assertThat(((Prepare) sent().get(0)).weights().file()).endsWith("a.safetensors");
    }

    @Test
    void whoHasEndedIsNotWaitedFor() throws Exception {
        KeptWeights next = found("new.pth", "new");
        say(0, new Prepared(next));
        say(1, new Ended());

        // It is told all the same, for what it keeps.
        assertThat(checkpoint(1)).containsExactly(new TakeAt(1, next), new TakeAt(1, next));
        say(0, new Running(next));
        found("newer.pth", "newer", 1);
    }

    @Test
    void aRefusalIsToldByOneThatStillSegments() throws Exception {
        KeptWeights next = found("broken.pth", "broken");
        say(1, new Ended());

        say(1, new Unfit(next, "it is broken"));

        assertThat(sent())
                .containsExactly(
                        new Forget(next), new Tell(WeightsNews.refused(next, "it is broken")));
    }

    /** Whose input has ended keeps what it had, and nothing ran before what runs but that. */
    @Test
    void copiesOfWhatRunsAndRanBeforeStay() throws Exception {
        KeptWeights one = change("one", 2);
        say(1, new Ended());
        KeptWeights two = change("two", 1);
        coordinator.notifyCheckpointComplete(3);
        KeptWeights three = change("three", 1);
        for (int i = 4; i < 8; i++) {
            coordinator.notifyCheckpointComplete(i);
        }
        KeptWeights four = change("four", 1);
        coordinator.start();
        coordinator.notifyCheckpointComplete(8);
        while (Files.exists(Path.of(two.copy()))) {
            Thread.onSpinWait();
        }
        coordinator.close();

        assertThat(List.of(one, three, four))
                .allSatisfy(kept -> assertThat(Path.of(kept.copy())).exists());
    }

    /** Those that still segment change to a new file; returns its weights. */
    private KeptWeights change(String content, int there) throws Exception {
        KeptWeights next = found(content + ".pth", content, there);
        for (int subtask = 0; subtask < there; subtask++) {
            say(subtask, new Prepared(next));
        }
        checkpoint(1);
        for (int subtask = 0; subtask < there; subtask++) {
            say(subtask, new Running(next));
        }
        return next;
    }

    @Test
    void afterAFailureTheChangeBeginsAnew() throws Exception {
        KeptWeights next = found("new.pth", "new");
        for (int subtask = 0; subtask < 2; subtask++) {
            say(subtask, new Prepared(next));
        }
        for (int subtask = 0; subtask < 2; subtask++) {
            coordinator.executionAttemptFailed(subtask, 0, null);
            coordinator.subtaskReset(subtask, 1);
        }
        assertThat(checkpoint(2)).isEmpty();

        coordinator.executionAttemptReady(0, 1, tasks.createGatewayForSubtask(0, 1));
        say(0, new Running(OLD));
        coordinator.look();

        assertThat(sent()).containsExactly(new Prepare(next));
        say(1, new Running(OLD));
        coordinator.executionAttemptReady(1, 1, tasks.createGatewayForSubtask(1, 1));
        assertThat(sent()).as("who comes later").containsExactly(new Prepare(next));
    }

    /** The checkpoint that reports go back to may know nothing of it. */
    @Test
    void afterAFailureWhatWasRefusedIsRefusedOnceMore() throws Exception {
        KeptWeights next = found("broken.pth", "broken");
        say(1, new Unfit(next, "it is broken"));
        for (int subtask = 0; subtask < 2; subtask++) {
            coordinator.executionAttemptFailed(subtask, 0, null);
            coordinator.subtaskReset(subtask, 1);
        }
        sent();
        for (int subtask = 0; subtask < 2; subtask++) {
            coordinator.executionAttemptReady(
                    subtask, 1, tasks.createGatewayForSubtask(subtask, 1));
            say(subtask, new Running(OLD));
        }

        settle();

        assertThat(sent()).containsExactly(new Prepare(next), new Prepare(next));
        say(0, new Unfit(next, "it is broken"));
        assertThat(sent()).contains(new Tell(WeightsNews.refused(next, "it is broken")));
    }

    @Test
    void copiesAreRemovedButThoseThatAreNamed() throws Exception {
        WeightsCopies copies = new WeightsCopies(watch.folder());
        Path file = Files.writeString(folder.resolve("w.pth"), "one");
        KeptWeights one = copies.keep(file, file.toString());
        Files.writeString(file, "two");
        KeptWeights two = copies.keep(file, file.toString());
        assertThat(copies.keep(file, file.toString())).isEqualTo(two);

        copies.removeAllBut(Set.of(two.sha256()));

        assertThat(Path.of(one.copy())).doesNotExist();
        assertThat(Path.of(two.copy())).hasContent("two");
    }

    private KeptWeights found(String name, String content) throws IOException {
        return found(name, content, 2);
    }

    private KeptWeights found(String name, String content, int told) throws IOException {
        Path file = Files.writeString(watched.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000L * ++written));
        settle();
        List<OperatorEvent> events = sent();
        assertThat(events).hasSize(told).allMatch(events.get(0)::equals);
        return ((Prepare) events.get(0)).weights();
    }

    private void settle() {
        coordinator.look();
        nanos += 10;
        coordinator.look();
    }

    private void say(int subtask, OperatorEvent event) {
        coordinator.handleEventFromOperator(subtask, 0, event);
    }

    private List<OperatorEvent> checkpoint(long id) {
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        coordinator.checkpointCoordinator(id, result);
        assertThat(result).isCompleted();
        return sent();
    }

    /** What was sent since the last call, by subtask. */
    private List<OperatorEvent> sent() {
        List<OperatorEvent> news = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            List<OperatorEvent> all = tasks.getSentEventsForSubtask(subtask);
            news.addAll(all.subList(seen[subtask], all.size()));
            seen[subtask] = all.size();
        }
        return news;
    }
}
