// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Delays before a stream is opened again: they grow from half a second to half a minute, with some
 * chance in them, so that cameras that failed together do not come back together. A connection that
 * held for a while begins anew. Used by one thread.
 */
final class ReconnectDelays {

    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration HELD = Duration.ofSeconds(5);
    private static final double JITTER = 0.2;

    private final DoubleSupplier chance;
    private long nextNanos = FIRST.toNanos();

    /**
     * @param chance gives numbers from 0 to 1
     */
    ReconnectDelays(DoubleSupplier chance) {
        this.chance = chance;
    }

    /**
     * The delay before the next attempt.
     *
     * @param connectedNanos how long pictures came before it; 0 if none did
     */
    Duration next(long connectedNanos) {
        if (connectedNanos >= HELD.toNanos()) {
            nextNanos = FIRST.toNanos();
        }
        long delay = nextNanos;
        nextNanos = Math.min(2 * nextNanos, LONGEST.toNanos());
        double factor = 1 - JITTER + 2 * JITTER * chance.getAsDouble();
        return Duration.ofNanos(Math.round(delay * factor));
    }
}
