// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores of masks, and of their pictures, that need no label; see {@link MaskCounts}. NaN where
 * there is nothing to score.
 *
 * @param frames how many masks
 * @param classShares share of each class in the masks, 0 to 1
 * @param uncertainShare share of the pixels of which the network is not sure; NaN where nobody
 *     asked
 * @param stability mean IoU of masks that follow each other directly
 * @param pairs how many do
 * @param temporalConsistency the same after motion
 * @param movedPairs of how many of these the motion is known
 * @param sharpness mean difference of a pixel's luma from the next one's, in levels of 8 bits
 * @param lumaShares share of the pixels in each of 16 ranges of luma, 0 to 1
 * @param judgement what the stream's past says of them
 */
public record MaskScores(
        long frames,
        double[] classShares,
        double uncertainShare,
        double stability,
        long pairs,
        double temporalConsistency,
        long movedPairs,
        double sharpness,
        double[] lumaShares,
        Judgement judgement)
        implements Serializable {

    /**
     * Scores held against the past of their stream.
     *
     * @param driftNats Jensen-Shannon divergence of the classes' shares from those of the stream's
     *     past, 0 to ln 2; NaN where there is not enough of it
     * @param lumaDriftNats the same of luma
     * @param drifted whether the classes' shares drifted unusually far for the stream
     * @param lumaDrifted whether luma did
     * @param unstable whether the stability is unusually low for the stream
     * @param inconsistent whether the temporal consistency is
     * @param unsure whether the uncertain share is unusually high or low for the stream
     * @param unusuallySharp whether the sharpness is, either way
     */
    public record Judgement(
            double driftNats,
            double lumaDriftNats,
            boolean drifted,
            boolean lumaDrifted,
            boolean unstable,
            boolean inconsistent,
            boolean unsure,
            boolean unusuallySharp)
            implements Serializable {

        /** Where there is no past. */
        public static final Judgement NONE =
                new Judgement(Double.NaN, Double.NaN, false, false, false, false, false, false);
    }

    /** Of masks by themselves, without a past. */
    public static MaskScores of(MaskCounts counts) {
        return new MaskScores(
                counts.frames(),
                counts.shares(),
                counts.uncertainShare(),
                counts.stability(),
                counts.pairs(),
                counts.temporalConsistency(),
                counts.movedPairs(),
                counts.sharpness(),
                counts.lumaShares(),
                Judgement.NONE);
    }

    /** Of no mask: there are no shares, nor anything else. */
    public static MaskScores none(int classes) {
        double[] shares = new double[classes];
        Arrays.fill(shares, Double.NaN);
        double[] luma = new double[LumaCounts.BINS];
        Arrays.fill(luma, Double.NaN);
        return new MaskScores(
                0,
                shares,
                Double.NaN,
                Double.NaN,
                0,
                Double.NaN,
                0,
                Double.NaN,
                luma,
                Judgement.NONE);
    }

    MaskScores with(Judgement judged) {
        return new MaskScores(
                frames,
                classShares,
                uncertainShare,
                stability,
                pairs,
                temporalConsistency,
                movedPairs,
                sharpness,
                lumaShares,
                judged);
    }

    /**
     * All but what is held against the past, as plain values in the order they are written; null
     * for what has no value.
     *
     * @param names of the classes
     */
    public Map<String, Object> toMap(List<String> names) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("maskFrames", frames);
        map.put("stability", Scores.orNull(stability));
        map.put("stabilityPairs", pairs);
        map.put("temporalConsistency", Scores.orNull(temporalConsistency));
        map.put("temporalConsistencyPairs", movedPairs);
        map.put("classShares", Scores.byName(names, classShares));
        map.put("sharpness", Scores.orNull(sharpness));
        if (!Double.isNaN(uncertainShare)) {
            map.put("uncertainShare", uncertainShare);
        }
        return map;
    }

    /** The same with what is held against the past. */
    public Map<String, Object> toMapWithPast(List<String> names) {
        Map<String, Object> map = toMap(names);
        map.put("driftNats", Scores.orNull(judgement.driftNats()));
        map.put("driftUnusual", judgement.drifted());
        map.put("lumaDriftNats", Scores.orNull(judgement.lumaDriftNats()));
        map.put("lumaDriftUnusual", judgement.lumaDrifted());
        map.put("sharpnessUnusual", judgement.unusuallySharp());
        map.put("stabilityUnusual", judgement.unstable());
        map.put("temporalConsistencyUnusual", judgement.inconsistent());
        if (!Double.isNaN(uncertainShare)) {
            map.put("uncertainShareUnusual", judgement.unsure());
        }
        return map;
    }
}
