// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputClaimTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir protected Path output;

    /** The output folder as the job names it. */
    protected Path root() {
        return output;
    }

    /** Of jobs that run against each other. */
    protected Duration patience() {
        return Duration.ofSeconds(1);
    }

    /** So long that nothing dies of it in a test. */
    protected Duration forever() {
        return LONG;
    }

    @Test
    void allTasksOfAJobJoin() throws Exception {
        OutputClaim claim = claim("a", forever());

        claim.join();
        claim.join();
        claim("a", forever()).join();

        assertThat(claim.release()).isTrue();
        assertThat(claim.release()).isFalse();
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void aJobThatLivesKeepsOthersOut() throws Exception {
        OutputClaim claim = claim("a", Duration.ofSeconds(1));
        claim.join();
        try (OutputClaim.Holder holder = new OutputClaim.Holder(claim)) {
            assertThatThrownBy(() -> claim("b", forever()).join())
                    .isInstanceOf(InputException.class)
                    .hasMessage(
                            "--output "
                                    + root()
                                    + " is being written to by another job; another folder is"
                                    + " allowed, or this one when that job has ended");

            holder.check();
        }
        assertThat(claim("b", forever()).release()).isFalse();
        assertThat(claim.release()).isTrue();
    }

    /** The first task to join cleans up, in the middle of which the others meet the dead claim. */
    @Test
    void tasksThatWaitForTheSameDeadClaimAllJoin() throws Exception {
        ExecutorService tasks = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 40; round++) {
                claim("dead" + round, forever()).join();
                OutputClaim claim = claim("job" + round, Duration.ofMillis(5));
                List<Callable<Void>> joins =
                        Collections.nCopies(
                                8,
                                () -> {
                                    claim.join();
                                    claim.removeUnfinished();
                                    return null;
                                });
                for (Future<Void> joined : tasks.invokeAll(joins)) {
                    joined.get();
                }
                assertThat(claim.release()).isTrue();
            }
        } finally {
            tasks.shutdownNow();
        }
    }

    @Test
    void theClaimOfAJobThatWasKilledExpires() throws Exception {
        claim("a", forever()).join();

        claim("b", SHORT).join();

        assertThat(claim("a", forever()).release()).isFalse();
        assertThat(claim("b", forever()).release()).isTrue();
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsReleasedIsFreeAtOnce() throws Exception {
        OutputClaim claim = claim("a", forever());
        claim.join();
        new OutputClaim.Holder(claim).release();

        claim("b", forever()).join();

        assertThat(claim("b", forever()).release()).isTrue();
    }

    @Test
    void whoStoodStillForTooLongLearnsThatTheFolderIsLost() throws Exception {
        OutputClaim claim = claim("a", SHORT);
        claim.join();
        Files.delete(output.resolve(".claim"));
        claim("b", forever()).join();

        try (OutputClaim.Holder holder = new OutputClaim.Holder(claim)) {
            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    holder.check();
                                    Thread.onSpinWait();
                                }
                            })
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasRootCauseInstanceOf(InputException.class);
        }
        assertThat(claim("b", forever()).release()).isTrue();
    }

    /** The job was over while this process stood still. */
    @Test
    void aClaimThatIsGoneIsNotMadeAgain() throws Exception {
        OutputClaim claim = claim("a", forever());
        claim.join();
        assertThat(claim.beat()).isTrue();
        claim.release();

        claim.beat();

        assertThat(output).isEmptyDirectory();
    }

    @Test
    void ofManyThatWaitForADeadClaimOneSucceeds() throws Exception {
        claim("dead", forever()).join();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        List<OutputClaim.Holder> holders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            OutputClaim claim = claim("job" + i, patience());
            all.add(
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    claim.join();
                                } catch (IOException | InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                                synchronized (holders) {
                                    holders.add(new OutputClaim.Holder(claim));
                                }
                            },
                            task -> new Thread(task).start()));
        }

        int refused = 0;
        for (CompletableFuture<Void> one : all) {
            refused += one.handle((done, e) -> e == null ? 0 : 1).get();
        }

        assertThat(holders).hasSize(1);
        assertThat(refused).isEqualTo(7);
        holders.get(0).check();
        holders.get(0).release();
        assertThat(output).isEmptyDirectory();
    }

    private OutputClaim claim(String job, Duration patience) {
        return new OutputClaim(root(), job, patience);
    }
}
