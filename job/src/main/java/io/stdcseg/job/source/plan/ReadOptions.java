// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.error.InputException;
import io.stdcseg.video.decode.HardwareDecoding;
import io.stdcseg.video.live.LiveSettings;
import java.io.Serializable;
import java.time.Duration;

/**
 * Options of reading: which frames of every stream, with what, and what becomes of damage.
 *
 * @param from seconds after the stream's first frame at which reading starts; 0 for its beginning
 * @param to seconds after the stream's first frame before which reading ends; infinite for its end
 * @param every reads pictures whose number is divisible by this; 1 for all
 * @param maxFrames how many frames one stream gives at most; {@link Long#MAX_VALUE} for all
 * @param withYuv whether frames carry the coded picture, which writing the video needs
 * @param onError what damage and an unreadable source do
 * @param minimumRange shortest stretch of one file that is worth a reader of its own
 * @param live how live streams are read
 * @param motion whether frames carry the motion from the picture before, where decoders know it
 * @param hardware whether a card decodes files
 */
public record ReadOptions(
        double from,
        double to,
        int every,
        long maxFrames,
        boolean withYuv,
        OnError onError,
        Duration minimumRange,
        LiveSettings live,
        boolean motion,
        HardwareDecoding hardware)
        implements Serializable {

    /** With what is usual for live streams, without motion, in software. */
    public ReadOptions(
            double from,
            double to,
            int every,
            long maxFrames,
            boolean withYuv,
            OnError onError,
            Duration minimumRange) {
        this(
                from,
                to,
                every,
                maxFrames,
                withYuv,
                onError,
                minimumRange,
                LiveSettings.DEFAULT,
                false,
                HardwareDecoding.NONE);
    }

    public ReadOptions {
        if (!(from >= 0 && from < Double.POSITIVE_INFINITY)) {
            throw new InputException("from " + from + " s is not a time at or after 0");
        }
        if (!(to > from)) {
            throw new InputException("to " + to + " s is not after from " + from + " s");
        }
        if (every < 1) {
            throw new InputException("every " + every + " is not at least 1");
        }
        if (maxFrames < 1) {
            throw new InputException("max-frames " + maxFrames + " is not at least 1");
        }
        if (minimumRange.isNegative() || minimumRange.isZero()) {
            throw new InputException("range " + minimumRange + " is not longer than 0");
        }
    }

    /** Every frame of every stream, with what writing the video needs; leaves damage out. */
    public static ReadOptions defaults() {
        return new ReadOptions(
                0,
                Double.POSITIVE_INFINITY,
                1,
                Long.MAX_VALUE,
                true,
                OnError.DAMAGED,
                Duration.ofSeconds(10));
    }

    public ReadOptions between(double newFrom, double newTo) {
        return new ReadOptions(
                newFrom,
                newTo,
                every,
                maxFrames,
                withYuv,
                onError,
                minimumRange,
                live,
                motion,
                hardware);
    }

    public ReadOptions everyNth(int n) {
        return new ReadOptions(
                from, to, n, maxFrames, withYuv, onError, minimumRange, live, motion, hardware);
    }

    public ReadOptions atMost(long frames) {
        return new ReadOptions(
                from, to, every, frames, withYuv, onError, minimumRange, live, motion, hardware);
    }

    public ReadOptions withYuv(boolean wanted) {
        return new ReadOptions(
                from, to, every, maxFrames, wanted, onError, minimumRange, live, motion, hardware);
    }

    public ReadOptions onError(OnError reaction) {
        return new ReadOptions(
                from,
                to,
                every,
                maxFrames,
                withYuv,
                reaction,
                minimumRange,
                live,
                motion,
                hardware);
    }

    public ReadOptions inRangesOf(Duration least) {
        return new ReadOptions(
                from, to, every, maxFrames, withYuv, onError, least, live, motion, hardware);
    }

    /** With other settings of live streams, but for the frames that are read. */
    public ReadOptions live(LiveSettings settings) {
        return new ReadOptions(
                from,
                to,
                every,
                maxFrames,
                withYuv,
                onError,
                minimumRange,
                settings,
                motion,
                hardware);
    }

    public ReadOptions withMotion(boolean wanted) {
        return new ReadOptions(
                from, to, every, maxFrames, withYuv, onError, minimumRange, live, wanted, hardware);
    }

    /** Settings of live streams, with the frames that are read. */
    public LiveSettings liveSettings() {
        return live.withMotion(motion)
                .selecting(
                        every,
                        Math.round(from * 1e6),
                        to < Double.POSITIVE_INFINITY ? Math.round(to * 1e6) : Long.MAX_VALUE);
    }

    /** Whether only a stretch of each stream is read. */
    public boolean cuts() {
        return from > 0 || to < Double.POSITIVE_INFINITY || maxFrames < Long.MAX_VALUE;
    }

    /** Whether a picture is among those asked for, by its number in the stream. */
    public boolean selects(long number) {
        return number % every == 0;
    }

    /** How many of consecutive pictures are among those asked for. */
    public long selected(long firstPicture, long pictures) {
        return selectedBefore(firstPicture + pictures) - selectedBefore(firstPicture);
    }

    /**
     * Number of the first picture that is not read because there are enough frames before it.
     *
     * @param firstPicture number of the first picture that may be read
     * @param endPicture number of the first picture behind those that may
     */
    public long endOf(long firstPicture, long endPicture) {
        long frames = selectedBefore(endPicture) - selectedBefore(firstPicture);
        return frames <= maxFrames
                ? endPicture
                : (selectedBefore(firstPicture) + maxFrames - 1) * every + 1;
    }

    /** How many pictures before one are among those asked for. */
    private long selectedBefore(long number) {
        return (number + every - 1) / every;
    }

    /**
     * About how many frames a stream gives.
     *
     * @param frames how many the stream holds; 0 where unknown
     * @param seconds how long it is; 0 where unknown
     * @return 0 where unknown
     */
    public long expected(long frames, double seconds) {
        if (frames <= 0) {
            return 0;
        }
        double part = 1;
        if (seconds > 0) {
            part = Math.max(0, Math.min(to, seconds) - from) / seconds;
        }
        return Math.min(maxFrames, (long) Math.ceil(Math.round(frames * part) / (double) every));
    }

    /**
     * Reaction to damage, and to a source of which nothing can be read: either is left out, counted
     * and reported, or it ends the job with one line and without a restart.
     */
    public enum OnError {
        /**
         * Damaged pictures and torn ends are left out; a source of which nothing can be read ends
         * it.
         */
        DAMAGED,
        /** The first damage ends it, as does a source that cannot be read. */
        FAIL,
        /** Whatever cannot be read is left out. */
        SKIP;

        /** Whether a damaged picture or a torn end is left out. */
        public boolean leavesDamageOut() {
            return this != FAIL;
        }

        /** Whether a source of which nothing can be read is left out. */
        public boolean leavesSourcesOut() {
            return this == SKIP;
        }
    }
}
