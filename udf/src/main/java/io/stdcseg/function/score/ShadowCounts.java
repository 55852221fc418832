// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.metric.PixelCounts;
import io.stdcseg.metric.Scores;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts of a second network's masks: against the first one's and, of labelled frames, of both
 * against the labels. All as {@link PixelCounts#toLongs()}.
 *
 * @param frames how many both have seen
 * @param agreement the first network's masks in the place of labels
 * @param labelled how many of these frames had a label
 * @param first of the first network by these labels; null if there are none
 * @param second of the second network by these labels; null if there are none
 */
public record ShadowCounts(
        long frames, long[] agreement, long labelled, long[] first, long[] second)
        implements Serializable {

    /** Both together; either may be null for nothing. */
    public static ShadowCounts sum(ShadowCounts left, ShadowCounts right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return new ShadowCounts(
                left.frames + right.frames,
                sum(left.agreement, right.agreement),
                left.labelled + right.labelled,
                sum(left.first, right.first),
                sum(left.second, right.second));
    }

    private static long[] sum(long[] left, long[] right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        PixelCounts counts = PixelCounts.fromLongs(left);
        counts.merge(PixelCounts.fromLongs(right));
        return counts.toLongs();
    }

    /**
     * What reports say of it: plain values by name, null for what has no value.
     *
     * @param classes names in train-id order
     */
    public Map<String, Object> toMap(List<String> classes) {
        Scores both = Scores.of(PixelCounts.fromLongs(agreement));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("frames", frames);
        map.put("equalPixels", Scores.orNull(both.pixelAccuracy()));
        map.put("miouWithFirst", Scores.orNull(both.miou()));
        map.put("iouWithFirst", Scores.byName(classes, both.iou()));
        map.put("labelledFrames", labelled);
        map.put("miou", miou(second));
        map.put("miouOfFirst", miou(first));
        return map;
    }

    private static Double miou(long[] counts) {
        return counts == null
                ? null
                : Scores.orNull(Scores.of(PixelCounts.fromLongs(counts)).miou());
    }
}
