// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.function.score.StreamEvent.FrameScore;
import io.stdcseg.function.window.StreamTime;
import io.stdcseg.metric.MaskCounts;
import io.stdcseg.metric.MaskScores;
import io.stdcseg.metric.PixelCounts;
import io.stdcseg.metric.Scores;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores of a window of a stream: of frames with a label by their labels, of all by their masks.
 *
 * @param windowStart stream time in seconds; the window includes it
 * @param windowEnd stream time in seconds; the window ends before it
 * @param frames how many labelled frames the window holds
 * @param scores NaN where no pixel is labelled, or all are to be ignored
 * @param classes names in train-id order
 * @param inputHeight rows that the network sees from here on, of a change; 0 of a window
 * @param masks what needs no label; null if that was not counted
 * @param shadow of a second network; null where there is none
 * @param change to other weights from here on; null of a window
 */
public record ScoreWindow(
        String stream,
        double windowStart,
        double windowEnd,
        long frames,
        Scores scores,
        List<String> classes,
        int inputHeight,
        MaskScores masks,
        ShadowCounts shadow,
        WeightsChange change)
        implements Serializable {

    /**
     * Change to other weights.
     *
     * @param firstFrame number of the first frame that they made, in its decoding range
     * @param sha256 of their file, in hexadecimal
     */
    public record WeightsChange(long firstFrame, String sha256) implements Serializable {}

    /** One that tells of no change of weights. */
    public ScoreWindow(
            String stream,
            double windowStart,
            double windowEnd,
            long frames,
            Scores scores,
            List<String> classes,
            int inputHeight,
            MaskScores masks) {
        this(
                stream,
                windowStart,
                windowEnd,
                frames,
                scores,
                classes,
                inputHeight,
                masks,
                null,
                null);
    }

    /** Of labels alone. */
    public ScoreWindow(
            String stream,
            double windowStart,
            double windowEnd,
            long frames,
            Scores scores,
            List<String> classes,
            int inputHeight) {
        this(stream, windowStart, windowEnd, frames, scores, classes, inputHeight, null);
    }

    public static ScoreWindow of(
            String stream, long startNanos, long endNanos, ScorePane pane, List<String> classes) {
        return new ScoreWindow(
                stream,
                StreamTime.seconds(startNanos),
                StreamTime.seconds(endNanos),
                pane.frames(),
                pane.counts() == null
                        ? Scores.none(classes.size())
                        : Scores.of(PixelCounts.fromLongs(pane.counts())),
                classes,
                0,
                pane.masks() == null ? null : MaskScores.of(MaskCounts.fromLongs(pane.masks())),
                pane.shadow(),
                null);
    }

    /** The same, its masks held against the stream's past. */
    ScoreWindow with(MaskScores judged) {
        return new ScoreWindow(
                stream,
                windowStart,
                windowEnd,
                frames,
                scores,
                classes,
                inputHeight,
                judged,
                shadow,
                change);
    }

    /**
     * A change of the height at which a network sees the frames of a stream: a window without
     * length or frames, so that whoever reads windows reads it, too.
     */
    static ScoreWindow change(
            String stream, long timeNanos, int inputHeight, List<String> classes) {
        double seconds = StreamTime.seconds(timeNanos);
        return new ScoreWindow(
                stream, seconds, seconds, 0, Scores.none(classes.size()), classes, inputHeight);
    }

    /** A change of the weights that make the masks of a stream: such a window, too. */
    static ScoreWindow change(FrameScore frame, List<String> classes) {
        return new ScoreWindow(
                frame.stream(),
                frame.seconds(),
                frame.seconds(),
                0,
                Scores.none(classes.size()),
                classes,
                0,
                null,
                null,
                new WeightsChange(frame.index(), frame.weights()));
    }

    /** What a score file says of the window: plain values by name, null for what has no value. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("stream", stream);
        map.put("windowStart", windowStart);
        map.put("windowEnd", windowEnd);
        map.put("frames", frames);
        map.putAll(scores.toMap(classes));
        if (masks != null) {
            map.putAll(masks.toMapWithPast(classes));
        }
        if (shadow != null) {
            map.put("shadow", shadow.toMap(classes));
        }
        if (inputHeight > 0) {
            map.put("inputHeight", inputHeight);
        }
        if (change != null) {
            map.put("weights", change.sha256());
            map.put("firstFrame", change.firstFrame());
        }
        return map;
    }

    /**
     * The counts of a stretch of time; panes add up to windows.
     *
     * @param frames labelled ones
     * @param counts of these, see {@link PixelCounts#toLongs()}; null if there are none
     * @param masks of all frames, see {@link MaskCounts#toLongs()}; null if there are none
     * @param shadow of a second network; null if there is none
     */
    public record ScorePane(long frames, long[] counts, long[] masks, ShadowCounts shadow) {

        /** Of one network. */
        public ScorePane(long frames, long[] counts, long[] masks) {
            this(frames, counts, masks, null);
        }

        /** Of labelled frames alone. */
        public ScorePane(long frames, long[] counts) {
            this(frames, counts, null);
        }

        /** Of one frame; null if nothing was counted of it. */
        static ScorePane of(FrameScore frame) {
            return frame.labelled() || frame.masks() != null
                    ? new ScorePane(
                            frame.labelled() ? 1 : 0, frame.counts(), frame.masks(), frame.shadow())
                    : null;
        }

        /** Both together; either may be null for nothing. */
        static ScorePane sum(ScorePane left, ScorePane right) {
            if (left == null || right == null) {
                return left == null ? right : left;
            }
            return new ScorePane(
                    left.frames + right.frames,
                    sumOfLabels(left.counts, right.counts),
                    sumOfMasks(left.masks, right.masks),
                    ShadowCounts.sum(left.shadow, right.shadow));
        }

        private static long[] sumOfLabels(long[] left, long[] right) {
            if (left == null || right == null) {
                return left == null ? right : left;
            }
            PixelCounts counts = PixelCounts.fromLongs(left);
            counts.merge(PixelCounts.fromLongs(right));
            return counts.toLongs();
        }

        static long[] sumOfMasks(long[] left, long[] right) {
            if (left == null || right == null) {
                return left == null ? right : left;
            }
            MaskCounts counts = MaskCounts.fromLongs(left);
            counts.merge(MaskCounts.fromLongs(right));
            return counts.toLongs();
        }
    }
}
