// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import org.bytedeco.ffmpeg.global.avutil;

/**
 * Timestamps of a stream made strictly increasing; those of a stream that already increase stay.
 *
 * <p>Missing times follow the last one by a frame. A time that is not later than the last one is
 * moved just behind it; where times jump back by more than a moment (recordings that were strung
 * together) the rest of the stream is shifted behind what came before.
 */
public final class MonotonicTimestamps {

    private static final double MOMENT_SECONDS = 0.5;

    private final long frameTicks;
    private final long momentTicks;
    private long shift;
    private long last = avutil.AV_NOPTS_VALUE;
    private long lastDuration;

    /**
     * @param frameTicks nominal duration of a frame
     * @param secondsPerTick time base
     */
    public MonotonicTimestamps(long frameTicks, double secondsPerTick) {
        this.frameTicks = Math.max(1, frameTicks);
        this.momentTicks =
                Math.max(4 * this.frameTicks, Math.round(MOMENT_SECONDS / secondsPerTick));
    }

    /**
     * The time of the next frame.
     *
     * @param given what the file says, {@link avutil#AV_NOPTS_VALUE} if nothing
     * @param duration the frame's, 0 where unknown
     */
    public long next(long given, long duration) {
        boolean first = last == avutil.AV_NOPTS_VALUE;
        long pts;
        if (given == avutil.AV_NOPTS_VALUE) {
            pts = first ? 0 : last + step();
        } else {
            pts = given + shift;
            if (!first && pts <= last) {
                if (last - pts > momentTicks) {
                    shift += last + step() - pts;
                    pts = last + step();
                } else {
                    pts = last + 1;
                }
            }
        }
        last = pts;
        lastDuration = duration;
        return pts;
    }

    private long step() {
        return lastDuration > 0 ? lastDuration : frameTicks;
    }
}
