// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.error.InputException;
import io.stdcseg.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
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

    private ClaimFile file() {
        return ClaimFile.of(root.resolve(NAME), patience.dividedBy(SIGNS_IN_PATIENCE));
    }

    /**
     * Claims the folder for the job unless one of its tasks has; waits for a dead claim to prove
     * so.
     *
     * @throws InputException if another job is writing to the folder
     */
    void join() throws IOException, InterruptedException {
        ClaimFile file = file();
        while (!file.create(sign())) {
            String theirs = file.read();
            if (isOurs(theirs)) {
                return;
            }
            if (theirs != null) {
                awaitDeath(file, theirs);
                file.remove(theirs);
            }
        }
    }

    private void awaitDeath(ClaimFile file, String theirs)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        long waited = 0;
        while (waited < patience.toNanos()) {
            Thread.sleep(patience.toMillis() / LOOKS_IN_PATIENCE + 1);
            waited = System.nanoTime() - began;
            String now = file.read();
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

    /** Whether the claim was the job's; it is gone then. */
    boolean release() throws IOException {
        ClaimFile file = file();
        boolean ours = isOurs(file.read());
        if (ours) {
            file.delete();
        }
        return ours;
    }

    /** Removes what a process left that was killed while it gave a sign. */
    void removeUnfinished() throws IOException {
        AtomicFile.removeUnfinished(file().path());
    }

    /**
     * A new sign of life; false if the folder is another job's by now. A claim that is gone stays
     * so: the job was over while this process stood still.
     */
    boolean beat() throws IOException {
        ClaimFile file = file();
        String now = file.read();
        if (now == null) {
            return true;
        }
        if (!isOurs(now)) {
            return false;
        }
        file.write(sign());
        return true;
    }

    private String sign() {
        return job + "\n" + UUID.randomUUID() + "\n";
    }

    private boolean isOurs(String content) {
        return content != null && content.startsWith(job + "\n");
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
