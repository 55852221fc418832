// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Keeps what an enumerator assigns. */
public final class FakeEnumeratorContext<S extends SourceSplit>
        implements SplitEnumeratorContext<S> {

    private final Map<Integer, ReaderInfo> readers = new HashMap<>();
    private final Map<Integer, List<S>> assigned = new HashMap<>();
    private final Map<Integer, List<SourceEvent>> events = new HashMap<>();
    private final List<Integer> finished = new ArrayList<>();

    private int parallelism;
    private boolean backlog;
    private final List<Runnable> periodic = new ArrayList<>();

    /** How many readers there should be. */
    public void parallelism(int readers) {
        parallelism = readers;
    }

    /** Whether checkpoints are held back. */
    public boolean backlog() {
        return backlog;
    }

    /** Runs what is to be called now and then. */
    public void tick() {
        periodic.forEach(Runnable::run);
    }

    public void register(int subtask) {
        readers.put(subtask, new ReaderInfo(subtask, "localhost"));
    }

    public List<S> assigned(int subtask) {
        return assigned.getOrDefault(subtask, List.of());
    }

    /** What a reader was told. */
    public List<SourceEvent> events(int subtask) {
        return events.getOrDefault(subtask, List.of());
    }

    public List<Integer> finished() {
        return finished;
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
        events.computeIfAbsent(subtask, s -> new ArrayList<>()).add(event);
    }

    @Override
    public int currentParallelism() {
        return parallelism;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return readers;
    }

    @Override
    public void assignSplits(SplitsAssignment<S> splits) {
        splits.assignment()
                .forEach(
                        (subtask, more) ->
                                assigned.computeIfAbsent(subtask, s -> new ArrayList<>())
                                        .addAll(more));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        finished.add(subtask);
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        throw new AssertionError("unexpected call");
    }

    @Override
    public <T> void callAsync(
            Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
        periodic.add(
                () -> {
                    T result;
                    try {
                        result = callable.call();
                    } catch (Exception e) {
                        handler.accept(null, e);
                        return;
                    }
                    handler.accept(result, null);
                });
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        throw new AssertionError("unexpected call");
    }

    @Override
    public void setIsProcessingBacklog(boolean whether) {
        backlog = whether;
    }
}
