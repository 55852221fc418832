// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import java.util.OptionalLong;

/**
 * Clock of a live stream: gives each picture a time in microseconds since 1970, strictly
 * increasing, whatever the stream's own timestamps do.
 *
 * <p>That of the camera where it tells, and is not far from ours; else that of arrival, from which
 * the stream's timestamps take the jitter. Where those jump they are tied to the arrivals anew.
 * Used by one thread.
 */
final class LiveClock {

    /** A camera whose clock is further from ours has none. */
    static final long TRUSTED_MICROS = 5_000_000;

    /** Timestamps that are further from the arrivals than this have jumped. */
    static final long JUMP_MICROS = 3_000_000;

    private static final long BACK_MICROS = 500_000;

    /** How fast the tie to the arrivals follows: earlier ones at once, later ones by and by. */
    private static final double EARLIER = 0.1;

    private static final double LATER = 0.002;

    private boolean tied;
    private double offset;
    private long lastSource;
    private long lastArrival;
    private long last;

    /**
     * @param last the time of the last picture there was; {@link Long#MIN_VALUE} for none
     */
    LiveClock(long last) {
        this.last = last;
    }

    /** Another connection: its timestamps have nothing to do with those before. */
    void reconnected() {
        tied = false;
    }

    /** Whether timestamps of this connection have been tied to arrivals. */
    boolean isTied() {
        return tied;
    }

    /** Ties timestamps to times for good: source timestamp zero is at {@code micros}. */
    void tie(long micros) {
        tied = true;
        offset = micros;
    }

    /**
     * The time of the next picture, of which only the arrival is known, or more.
     *
     * @param source the stream's own timestamp, empty if it has none
     * @param arrival by this machine's clock
     * @param camera by the camera's clock, empty if it does not tell
     */
    long next(OptionalLong source, long arrival, OptionalLong camera) {
        long time = source.isPresent() ? smoothed(source.getAsLong(), arrival) : arrival;
        if (camera.isPresent() && Math.abs(camera.getAsLong() - arrival) <= TRUSTED_MICROS) {
            time = camera.getAsLong();
        }
        return increasing(time);
    }

    /** The time of a picture of a recording, whose timestamps are tied for good. */
    long recorded(long source) {
        return increasing(Math.round(source + offset));
    }

    private long increasing(long time) {
        last = last == Long.MIN_VALUE ? time : Math.max(time, last + 1);
        return last;
    }

    private long smoothed(long source, long arrival) {
        double now = (double) arrival - source;
        if (!tied || jumped(source, arrival, now)) {
            tied = true;
            offset = now;
        } else if (now < offset) {
            // Never so fast that time would stand still.
            offset += Math.max((now - offset) * EARLIER, -0.5 * Math.max(0, source - lastSource));
        } else {
            offset += (now - offset) * LATER;
        }
        lastSource = source;
        lastArrival = arrival;
        return Math.round(source + offset);
    }

    private boolean jumped(long source, long arrival, double now) {
        long step = source - lastSource;
        long waited = arrival - lastArrival;
        return step < -BACK_MICROS
                || step > waited + JUMP_MICROS
                || Math.abs(now - offset) > JUMP_MICROS;
    }
}
