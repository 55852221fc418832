// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.function.window.StreamTime;
import io.stdcseg.metric.PixelCounts;
import io.stdcseg.metric.Scores;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores of a window of a stream; only frames with a label count.
 *
 * @param windowStart stream time in seconds; the window includes it
 * @param windowEnd stream time in seconds; the window ends before it
 * @param frames how many labelled frames the window holds
 * @param scores NaN where every labelled pixel is to be ignored
 * @param classes names in train-id order
 * @param inputHeight rows that the network sees from here on, of a change; 0 of a window
 */
public record ScoreWindow(
        String stream,
        double windowStart,
        double windowEnd,
        long frames,
        Scores scores,
        List<String> classes,
        int inputHeight)
        implements Serializable {

    public static ScoreWindow of(
            String stream, long startNanos, long endNanos, ScorePane pane, List<String> classes) {
        return new ScoreWindow(
                stream,
                StreamTime.seconds(startNanos),
                StreamTime.seconds(endNanos),
                pane.frames(),
                Scores.of(PixelCounts.fromLongs(pane.counts())),
                classes,
                0);
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

    /** What a score file says of the window: plain values by name, null for what has no value. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("stream", stream);
        map.put("windowStart", windowStart);
        map.put("windowEnd", windowEnd);
        map.put("frames", frames);
        map.putAll(scores.toMap(classes));
        if (inputHeight > 0) {
            map.put("inputHeight", inputHeight);
        }
        return map;
    }

    /**
     * The counts of the labelled frames of a stretch of time; panes add up to windows.
     *
     * @param frames labelled ones
     * @param counts see {@link PixelCounts#toLongs()}
     */
    public record ScorePane(long frames, long[] counts) {

        /** Both together; {@code left} may be null for nothing. */
        static ScorePane sum(ScorePane left, ScorePane right) {
            if (left == null) {
                return right;
            }
            PixelCounts counts = PixelCounts.fromLongs(left.counts);
            counts.merge(PixelCounts.fromLongs(right.counts));
            return new ScorePane(left.frames + right.frames, counts.toLongs());
        }
    }
}
