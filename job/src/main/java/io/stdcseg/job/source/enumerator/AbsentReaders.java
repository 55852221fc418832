// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.enumerator;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Readers that are not there yet, for which checkpoints are held back: tasks wait for slots and
 * load networks, and every checkpoint until then would fail. Flink knows no such wait, but makes
 * none while a source works off a backlog.
 *
 * <p>Not for long: where a job goes on whose sources had all ended, no reader ever comes. For one
 * thread at a time.
 */
final class AbsentReaders {

    /** Longer than tasks take to start where there are slots for them. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SplitEnumeratorContext<?> context;
    private final LongSupplier nanoClock;
    private final Set<Integer> absent = new HashSet<>();
    private long since;

    AbsentReaders(SplitEnumeratorContext<?> context, LongSupplier nanoClock) {
        this.context = context;
        this.nanoClock = nanoClock;
    }

    /** A reader is not there, or not any more. */
    void left(int subtask) {
        if (absent.isEmpty()) {
            context.setIsProcessingBacklog(true);
        }
        since = nanoClock.getAsLong();
        absent.add(subtask);
    }

    /** A reader has come: everything behind it in its task is open. */
    void came(int subtask) {
        if (absent.remove(subtask) && absent.isEmpty()) {
            context.setIsProcessingBacklog(false);
        }
    }

    /** Waits no more if it has waited for long; to be called now and then. */
    void giveUpIfLate() {
        if (!absent.isEmpty() && nanoClock.getAsLong() - since >= PATIENCE.toNanos()) {
            absent.clear();
            context.setIsProcessingBacklog(false);
        }
    }
}
