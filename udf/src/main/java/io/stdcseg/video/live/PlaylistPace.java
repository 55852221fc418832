// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

/**
 * Pace of a stream that comes in pieces of many pictures at a time: each is let out when it would
 * be shown, so that none is old when it comes. Used by one thread.
 */
final class PlaylistPace {

    /** Who is later than this shows everything later from here on, and does not catch up. */
    private static final long LATE_MICROS = 500_000;

    private static final long JUMP_MICROS = 3_000_000;

    private boolean begun;
    private long offset;
    private long last;

    /**
     * How long to wait, in microseconds.
     *
     * @param source the picture's own timestamp
     * @param now by this machine's clock
     */
    long waitMicros(long source, long now) {
        boolean jumped = source < last || source > last + JUMP_MICROS;
        long due = source + offset;
        last = source;
        if (!begun || jumped || now > due + LATE_MICROS) {
            begun = true;
            offset = now - source;
            return 0;
        }
        return Math.max(0, due - now);
    }
}
