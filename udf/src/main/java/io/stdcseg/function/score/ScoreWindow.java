// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.function.window.StreamTime;
import io.stdcseg.metric.ConfusionMatrix;
import io.stdcseg.metric.Scores;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores of a window of a stream; only frames with a label count.
 *
 * @param windowStart stream time in seconds; the window includes it
 * @param windowEnd stream time in seconds; the window ends before it
 * @param frames how many labelled frames the window holds
 * @param miou NaN if every labelled pixel is to be ignored, as is {@code pixelAccuracy}
 * @param classes names in train-id order
 * @param iou per class; NaN where it is neither in the labels nor in the masks
 * @param inputHeight rows that the network sees from here on, of a change; 0 of a window
 */
public record ScoreWindow(
        String stream,
        double windowStart,
        double windowEnd,
        long frames,
        double miou,
        double pixelAccuracy,
        List<String> classes,
        double[] iou,
        int inputHeight)
        implements Serializable {

    public static ScoreWindow of(
            String stream, long startNanos, long endNanos, ScorePane pane, List<String> classes) {
        Scores scores = Scores.of(ConfusionMatrix.fromLongs(pane.counts()));
        return new ScoreWindow(
                stream,
                StreamTime.seconds(startNanos),
                StreamTime.seconds(endNanos),
                pane.frames(),
                scores.miou(),
                scores.pixelAccuracy(),
                classes,
                scores.iou(),
                0);
    }

    /**
     * A change of the height at which a network sees the frames of a stream: a window without
     * length or frames, so that whoever reads windows reads it, too.
     */
    static ScoreWindow change(
            String stream, long timeNanos, int inputHeight, List<String> classes) {
        double[] none = new double[classes.size()];
        Arrays.fill(none, Double.NaN);
        double seconds = StreamTime.seconds(timeNanos);
        return new ScoreWindow(
                stream, seconds, seconds, 0, Double.NaN, Double.NaN, classes, none, inputHeight);
    }

    /** What a score file says of the window: plain values by name, null for what has no value. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("stream", stream);
        map.put("windowStart", windowStart);
        map.put("windowEnd", windowEnd);
        map.put("frames", frames);
        map.put("miou", Scores.orNull(miou));
        map.put("pixelAccuracy", Scores.orNull(pixelAccuracy));
        map.put("iou", Scores.byName(classes, iou));
        if (inputHeight > 0) {
            map.put("inputHeight", inputHeight);
        }
        return map;
    }

    /**
     * The counts of the labelled frames of a stretch of time; panes add up to windows.
     *
     * @param frames labelled ones
     * @param counts confusion matrix row by row
     */
    public record ScorePane(long frames, long[] counts) {

        /** Both together; {@code left} may be null for nothing. */
        static ScorePane sum(ScorePane left, ScorePane right) {
            if (left == null) {
                return right;
            }
            ConfusionMatrix matrix = ConfusionMatrix.fromLongs(left.counts);
            matrix.merge(ConfusionMatrix.fromLongs(right.counts));
            return new ScorePane(left.frames + right.frames, matrix.toLongs());
        }
    }
}
