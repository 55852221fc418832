// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stdcseg.error.InputException;
import io.stdcseg.file.AtomicFile;
import io.stdcseg.file.DurableFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lock file of an output folder with a heartbeat: says which job writes there. All tasks of the job
 * {@link #join} before they change anything; one of them has a {@link Holder}, which gives signs of
 * life.
 *
 * <p>A claim without a sign of life for {@link #patience} is dead, whatever ended its job. That is
 * told by the file alone and by the time that passes here: clocks may differ, and locks of files
 * mean nothing on some of the file systems that machines share.
 *
 * @param root the output folder
 * @param job what no other job has
 * @param patience so long a claim may show no sign of life
 */
public record OutputClaim(Path root, String job, Duration patience) {

    /** Longer than a collection of garbage, shorter than a user waits after a crash. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(OutputClaim.class);
    private static final Set<String> WARNED_OF = ConcurrentHashMap.newKeySet();
    private static final String NAME = ".claim";
    private static final int SIGNS_IN_PATIENCE = 5;
    private static final int LOOKS_IN_PATIENCE = 40;

    Path file() {
        return root.resolve(NAME);
    }

    /**
     * Claims the folder for the job unless one of its tasks has; waits for a dead claim to prove
     * so.
     *
     * @throws InputException if another job is writing to the folder
     */
    void join() throws IOException, InterruptedException {
        while (!tryJoin()) {
            String theirs = read();
            if (theirs != null && !isOurs(theirs)) {
                awaitDeath(theirs);
                removeDead(theirs);
            }
        }
    }

    private boolean tryJoin() throws IOException {
        DurableFiles.createFolders(root);
        try {
            Files.writeString(file(), sign(), StandardOpenOption.CREATE_NEW);
            return true;
        } catch (FileAlreadyExistsException e) {
            return isOurs(read());
        } catch (IOException e) {
            // On a full disk there is a file without a name in it, for which the next job would
            // wait.
            Files.deleteIfExists(file());
            throw e;
        }
    }

    private void awaitDeath(String theirs) throws IOException, InterruptedException {
        long began = System.nanoTime();
        long waited = 0;
        while (waited < patience.toNanos()) {
            Thread.sleep(patience.toMillis() / LOOKS_IN_PATIENCE + 1);
            waited = System.nanoTime() - began;
            String now = read();
            // Empty while a task of this job, or of a faster one, is about to write it.
            if (now == null || now.isEmpty() || isOurs(now)) {
                return;
            }
            if (!now.equals(theirs)) {
                throw taken();
            }
            // The other tasks of this job meet the same claim.
            if (waited > 2 * patience.toNanos() / SIGNS_IN_PATIENCE && WARNED_OF.add(theirs)) {
                LOG.warn(
                        "the job that wrote to {} before gives no sign of life; waiting until it"
                                + " is {} s",
                        root,
                        patience.toSeconds());
            }
        }
    }

    /** Of several jobs that wait for the same one, one succeeds. */
    private void removeDead(String theirs) throws IOException {
        Path aside = root.resolve("." + NAME + "." + UUID.randomUUID());
        try {
            if (!theirs.equals(read())) {
                return;
            }
            Files.move(file(), aside, StandardCopyOption.ATOMIC_MOVE);
            if (theirs.equals(Files.readString(aside))) {
                Files.delete(aside);
            } else {
                // Another job was faster, and has claimed the folder since.
                Files.move(aside, file(), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (NoSuchFileException e) {
            // Another task of this job was faster, and has cleaned up since, or another job has.
        }
    }

    /** Whether the claim was the job's; it is gone then. */
    boolean release() throws IOException {
        boolean ours = isOurs(read());
        if (ours) {
            Files.deleteIfExists(file());
        }
        return ours;
    }

    /** Removes what a process left that was killed while it gave a sign. */
    void removeUnfinished() throws IOException {
        AtomicFile.removeUnfinished(file());
    }

    /**
     * A new sign of life; false if the folder is another job's by now. A claim that is gone stays
     * so: the job was over while this process stood still.
     */
    boolean beat() throws IOException {
        String now = read();
        if (now == null) {
            return true;
        }
        if (!isOurs(now)) {
            return false;
        }
        AtomicFile.write(file(), out -> out.write(sign().getBytes(UTF_8)));
        return true;
    }

    private String sign() {
        return job + "\n" + UUID.randomUUID() + "\n";
    }

    private boolean isOurs(String content) {
        return content != null && content.startsWith(job + "\n");
    }

    /** What the file says, null if there is none. */
    private String read() throws IOException {
        try {
            return Files.readString(file());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private InputException taken() {
        return new InputException(
                "--output "
                        + root
                        + " is being written to by another job; another folder is allowed, or this"
                        + " one when that job has ended");
    }

    /** Heartbeat of a claim: gives signs of life in a thread of its own. */
    public static final class Holder implements AutoCloseable {

        private final OutputClaim claim;
        private final Thread thread;
        private volatile boolean lost;

        Holder(OutputClaim claim) {
            this.claim = claim;
            this.thread = new Thread(this::giveSigns, "claim of the output folder");
            thread.setDaemon(true);
            thread.start();
        }

        private void giveSigns() {
            try {
                while (!lost) {
                    Thread.sleep(claim.patience.toMillis() / SIGNS_IN_PATIENCE + 1);
                    try {
                        lost = !claim.beat();
                    } catch (IOException e) {
                        LOG.warn("no sign of life in {}: {}", claim.root, e.toString());
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /**
         * Makes sure that the folder is still the job's.
         *
         * @throws SuppressRestartsException if this process stood still for so long that another
         *     job took it
         */
        public void check() {
            if (lost) {
                throw new SuppressRestartsException(claim.taken());
            }
        }

        /** Gives no more signs, and the folder free: the job is over. */
        public void release() throws IOException, InterruptedException {
            close();
            claim.release();
        }

        /** Gives no more signs; the claim stays, as the job may go on. */
        @Override
        public void close() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }
    }
}
