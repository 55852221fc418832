// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.file.DurableFiles;
import io.stdcseg.file.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Durable moves, copies and removals of many small files: a disk or a store takes milliseconds for
 * each, so threads of their own wait for it. For one thread at a time.
 */
public final class DurableMoves implements AutoCloseable {

    /** A slower disk holds up whoever makes the files. */
    private static final int MOST_ON_THEIR_WAY = 64;

    private static final long CLOSE_SECONDS = 30;

    /** A store takes many requests at a time; a disk's journal does not. */
    private static final int THREADS_TO_STORE = 16;

    private final ExecutorService threads;
    private final Path base;
    private final Set<Path> forcedFolders = ConcurrentHashMap.newKeySet();
    private final Deque<Future<?>> onTheirWay = new ArrayDeque<>();

    /**
     * @param name of the threads
     * @param base folder that is durable, with all targets somewhere below
     */
    public DurableMoves(String name, Path base) {
        this.base = base;
        threads =
                Executors.newFixedThreadPool(
                        FileNames.isNative(base) ? 1 : THREADS_TO_STORE,
                        task -> {
                            Thread moves = new Thread(task, name);
                            moves.setDaemon(true);
                            return moves;
                        });
    }

    /**
     * Moves a finished file, later.
     *
     * @throws IOException if one before it failed
     */
    public void add(Path finished, Path target) throws IOException, InterruptedException {
        submit(
                () -> {
                    DurableFiles.move(finished, target);
                    forceFolders(target.getParent());
                });
    }

    /**
     * Copies a file, later.
     *
     * @throws IOException if one before it failed
     */
    public void copy(Path file, Path target) throws IOException, InterruptedException {
        submit(
                () -> {
                    AtomicFile.writeDurably(target, out -> Files.copy(file, out));
                    forceFolders(target.getParent());
                });
    }

    /**
     * Removes a file if it is there, later.
     *
     * @throws IOException if one before it failed
     */
    public void delete(Path file) throws IOException, InterruptedException {
        submit(() -> Files.deleteIfExists(file));
    }

    private void submit(ThrowingRunnable<IOException> step)
            throws IOException, InterruptedException {
        while (!onTheirWay.isEmpty()
                && (onTheirWay.size() >= MOST_ON_THEIR_WAY || onTheirWay.peek().isDone())) {
            awaitFirst();
        }
        onTheirWay.add(
                threads.submit(
                        () -> {
                            step.run();
                            return null;
                        }));
    }

    /** A process that was killed may have made them, and not forced their names. */
    private void forceFolders(Path innermost) throws IOException {
        for (Path folder = innermost;
                !folder.equals(base) && forcedFolders.add(folder);
                folder = folder.getParent()) {
            DurableFiles.fsyncFolder(folder.getParent());
        }
    }

    /**
     * Waits until all is done.
     *
     * @throws IOException if something failed
     */
    public void await() throws IOException, InterruptedException {
        while (!onTheirWay.isEmpty()) {
            awaitFirst();
        }
    }

    private void awaitFirst() throws IOException, InterruptedException {
        try {
            onTheirWay.poll().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(
                    "a file cannot be moved, copied or removed", e.getCause());
        }
    }

    /** Gives up what has not begun and waits for what has. */
    @Override
    public void close() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
