// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

/**
 * Position in a live stream: what has come so far, counted over all connections and restarts.
 *
 * @param number how many pictures came
 * @param decoded how many of those were asked for, decoded or damaged; each became a frame, or was
 *     dropped or skipped
 * @param dropped how many were left out because they had waited for too long
 * @param skipped how many could not be decoded
 * @param firstMicros time of the first picture; {@link #NONE} if there was none
 * @param lastMicros time of the last picture; {@link #NONE} if there was none
 * @param sourceMicros the last picture's own timestamp; {@link #NONE} if it had none
 * @param reconnects how often the stream was opened again
 * @param gaps how often pictures were missing until it was back
 * @param gapMicros how long those gaps are together
 */
public record LivePosition(
        long number,
        long decoded,
        long dropped,
        long skipped,
        long firstMicros,
        long lastMicros,
        long sourceMicros,
        long reconnects,
        long gaps,
        long gapMicros) {

    /** Where there is no time. */
    public static final long NONE = Long.MIN_VALUE;

    public static final LivePosition START =
            new LivePosition(0, 0, 0, 0, NONE, NONE, NONE, 0, 0, 0);

    /** How many frames were handed on. */
    public long frames() {
        return decoded - dropped - skipped;
    }

    boolean isStart() {
        return lastMicros == NONE;
    }

    LivePosition withDropped(long all) {
        return new LivePosition(
                number,
                decoded,
                all,
                skipped,
                firstMicros,
                lastMicros,
                sourceMicros,
                reconnects,
                gaps,
                gapMicros);
    }

    LivePosition afterDamage(boolean wanted) {
        return new LivePosition(
                number + 1,
                decoded + (wanted ? 1 : 0),
                dropped,
                skipped + (wanted ? 1 : 0),
                firstMicros,
                lastMicros,
                sourceMicros,
                reconnects,
                gaps,
                gapMicros);
    }

    LivePosition afterPicture(boolean wanted, long micros, long source) {
        return new LivePosition(
                number + 1,
                decoded + (wanted ? 1 : 0),
                dropped,
                skipped,
                firstMicros == NONE ? micros : firstMicros,
                micros,
                source,
                reconnects,
                gaps,
                gapMicros);
    }

    LivePosition afterReconnect() {
        return new LivePosition(
                number,
                decoded,
                dropped,
                skipped,
                firstMicros,
                lastMicros,
                sourceMicros,
                reconnects + 1,
                gaps,
                gapMicros);
    }

    LivePosition afterGap(long micros) {
        return new LivePosition(
                number,
                decoded,
                dropped,
                skipped,
                firstMicros,
                lastMicros,
                sourceMicros,
                reconnects,
                gaps + 1,
                gapMicros + micros);
    }
}
