// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.weights;

import io.stdcseg.error.WarnOnce;
import io.stdcseg.function.weights.WeightsEvent.Ended;
import io.stdcseg.function.weights.WeightsEvent.Forget;
import io.stdcseg.function.weights.WeightsEvent.Prepare;
import io.stdcseg.function.weights.WeightsEvent.Prepared;
import io.stdcseg.function.weights.WeightsEvent.Running;
import io.stdcseg.function.weights.WeightsEvent.TakeAt;
import io.stdcseg.function.weights.WeightsEvent.Tell;
import io.stdcseg.function.weights.WeightsEvent.Unfit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Coordinator of weights, in the JobManager: finds new ones, has all subtasks load them beside
 * those that run, and when all have, tells them as a checkpoint begins to take them at its barrier.
 * Flink delivers what is sent then before any barrier, so that they all take them at the same one.
 *
 * <p>It reads weights only to copy them; whether they fit, the subtasks say. If one says no, nobody
 * takes them, and they are not tried again until their bytes change.
 *
 * <p>It has no state of its own: subtasks say what they run with, which their checkpoint named.
 */
public final class WeightsCoordinator implements OperatorCoordinator {

    private static final Logger LOG = LoggerFactory.getLogger(WeightsCoordinator.class);

    /** It looks so many times while a file has to stay the same. */
    private static final int LOOKS = 5;

    private final WeightsWatch watch;
    private final WeightsFinder finder;
    private final WeightsCopies copies;
    private final Set<String> refused = new HashSet<>();
    private final TreeMap<Integer, Subtask> subtasks = new TreeMap<>();

    /** What all are to load, and then to take; null while there is nothing new. */
    private KeptWeights next;

    /** Since when all take it; null while they load it. */
    private Long takenAt;

    /** What ran before what runs now; a checkpoint that is not yet forgotten may name it. */
    private KeptWeights before;

    private KeptWeights current;
    private ScheduledExecutorService looks;

    /** Subtask that runs. */
    private static final class Subtask {

        private SubtaskGateway gateway;
        private KeptWeights running;
        private KeptWeights prepared;
        private boolean ended;

        boolean isReachable() {
            return gateway != null && running != null;
        }

        /** Whether it takes part: it segments, and can be reached. */
        boolean isThere() {
            return isReachable() && !ended;
        }

        void send(OperatorEvent event) {
            // A subtask that cannot be reached fails, and all start anew from what it had.
            CompletableFuture<?> unused = gateway.sendEvent(event);
        }
    }

    /** Provider of coordinators, which travels with the job. */
    public record CoordinatorProvider(OperatorID operator, WeightsWatch watch)
            implements OperatorCoordinator.Provider {

        @Override
        public OperatorID getOperatorId() {
            return operator;
        }

        @Override
        public OperatorCoordinator create(Context context) {
            return new WeightsCoordinator(watch, new WeightsFinder(watch, System::nanoTime));
        }
    }

    WeightsCoordinator(WeightsWatch watch, WeightsFinder finder) {
        this.watch = watch;
        this.finder = finder;
        this.copies = new WeightsCopies(watch.folder());
    }

    @Override
    public void start() {
        looks =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "weights watch");
                            thread.setDaemon(true);
                            return thread;
                        });
        long millis = Math.max(1, watch.patience().toMillis() / LOOKS);
        ScheduledFuture<?> unused =
                looks.scheduleWithFixedDelay(this::look, 0, millis, TimeUnit.MILLISECONDS);
    }

    /** Files may be away for a while. */
    void look() {
        try {
            if (mayFollow()) {
                Optional<WeightsFinder.Found> found = finder.look();
                if (found.isPresent() && isNews(found.get().sha256())) {
                    Path file = found.get().file();
                    prepare(copies.keep(file, file.toString()));
                }
            }
        } catch (IOException | RuntimeException e) {
            WarnOnce.once(LOG, "--weights-watch " + watch.path() + ": " + e.getMessage());
        }
    }

    private synchronized boolean mayFollow() {
        return next == null && anybodyIsThere();
    }

    private boolean anybodyIsThere() {
        return subtasks.values().stream().anyMatch(Subtask::isThere);
    }

    private synchronized boolean isNews(String sha256) {
        return !refused.contains(sha256) && !isRunning(sha256);
    }

    private synchronized void prepare(KeptWeights weights) {
        if (mayFollow() && isNews(weights.sha256())) {
            next = weights;
            sendToAll(new Prepare(weights));
        }
    }

    private boolean isRunning(String sha256) {
        return subtasks.values().stream()
                .filter(Subtask::isThere)
                .allMatch(subtask -> subtask.running.sha256().equals(sha256));
    }

    private void sendToAll(OperatorEvent event) {
        subtasks.values().stream().filter(Subtask::isThere).forEach(one -> one.send(event));
    }

    @Override
    public synchronized void handleEventFromOperator(
            int subtask, int attempt, OperatorEvent event) {
        Subtask from = subtask(subtask);
        if (event instanceof Running running) {
            boolean first = from.running == null;
            from.running = running.weights();
            if (first) {
                join(from);
            }
            endChange();
        } else if (event instanceof Ended) {
            from.ended = true;
            endChange();
        } else if (event instanceof Prepared prepared) {
            from.prepared = prepared.weights();
        } else if (event instanceof Unfit unfit) {
            refuse(from, unfit);
        } else {
            throw new IllegalArgumentException(event + " is for subtasks");
        }
    }

    private Subtask subtask(int number) {
        return subtasks.computeIfAbsent(number, key -> new Subtask());
    }

    /** A subtask that comes while others load weights loads them, too. */
    private void join(Subtask subtask) {
        if (next != null && subtask.isThere()) {
            subtask.send(new Prepare(next));
        }
    }

    private void refuse(Subtask from, Unfit unfit) {
        if (!unfit.weights().equals(next) || takenAt != null) {
            return;
        }
        LOG.warn("weights {} are left alone: {}", unfit.weights(), unfit.why());
        refused.add(next.sha256());
        sendToAll(new Forget(next));
        // Whose input has ended emits nothing any more.
        Tell tell = new Tell(WeightsNews.refused(next, unfit.why()));
        Stream.concat(Stream.of(from), subtasks.values().stream())
                .filter(Subtask::isThere)
                .findFirst()
                .ifPresent(one -> one.send(tell));
        next = null;
    }

    /** Ends a change when all have made it, or nobody is left to. */
    private void endChange() {
        if (!anybodyIsThere()) {
            stopChange();
        } else if (takenAt != null && isRunning(next.sha256())) {
            LOG.info("weights {} from checkpoint {} on", next, takenAt);
            stopChange();
        }
    }

    @Override
    public synchronized void checkpointCoordinator(long id, CompletableFuture<byte[]> result) {
        if (next != null && takenAt == null && isLoaded()) {
            takenAt = id;
            // Also to those whose input has ended: what they keep may come to others at a restart.
            subtasks.values().stream()
                    .filter(Subtask::isReachable)
                    .forEach(one -> one.send(new TakeAt(id, next)));
        }
        result.complete(new byte[0]);
    }

    private boolean isLoaded() {
        return subtasks.values().stream()
                .filter(Subtask::isThere)
                .allMatch(subtask -> next.equals(subtask.prepared));
    }

    /**
     * Removes copies that no checkpoint names which a job goes on from by itself: all but of what
     * runs, what ran before, and what is on its way.
     */
    @Override
    public synchronized void notifyCheckpointComplete(long checkpointId) {
        Set<String> named = new HashSet<>();
        for (Subtask subtask : subtasks.values()) {
            if (subtask.running != null) {
                if (!subtask.ended && !subtask.running.equals(current)) {
                    before = current;
                    current = subtask.running;
                }
                named.add(subtask.running.sha256());
            }
        }
        if (named.isEmpty() || next != null || looks == null) {
            return;
        }
        if (before != null) {
            named.add(before.sha256());
        }
        looks.execute(() -> tidy(named));
    }

    private void tidy(Set<String> named) {
        try {
            synchronized (this) {
                if (next != null) {
                    return;
                }
            }
            copies.removeAllBut(named);
        } catch (IOException e) {
            LOG.debug("copies of weights stay", e);
        }
    }

    @Override
    public synchronized void resetToCheckpoint(long checkpointId, byte[] data) {
        subtasks.clear();
        refused.clear();
        before = null;
        current = null;
        stopChange();
    }

    private void stopChange() {
        next = null;
        takenAt = null;
    }

    @Override
    public synchronized void subtaskReset(int subtask, long checkpointId) {
        forget(subtask);
    }

    @Override
    public synchronized void executionAttemptFailed(int subtask, int attempt, Throwable reason) {
        forget(subtask);
    }

    /** Reports go back to a checkpoint, too, so that they are told of refusals once more. */
    private void forget(int subtask) {
        subtasks.remove(subtask);
        refused.clear();
        stopChange();
    }

    @Override
    public synchronized void executionAttemptReady(
            int subtask, int attempt, SubtaskGateway gateway) {
        Subtask ready = subtask(subtask);
        ready.gateway = gateway;
        join(ready);
    }

    @Override
    public void close() {
        if (looks != null) {
            looks.shutdownNow();
        }
    }
}
