// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.io.Serializable;

/**
 * Past of a stream's masks, against which its windows are held: shares of classes, how far windows
 * drifted from them, how stable they were, how much of them was uncertain. It is as large after a
 * day as after a minute.
 *
 * @param shares mean share of each class in the slides before the window; null before there is one
 * @param slides how many there were
 * @param drift of windows so far
 * @param stability of windows so far
 * @param consistency of windows so far, over time
 * @param uncertainty logit of the uncertain share of windows so far
 */
public record MaskPast(
        double[] shares,
        long slides,
        Usual drift,
        Usual stability,
        Usual consistency,
        Usual uncertainty)
        implements Serializable {

    /** Of a stream that begins. */
    public static final MaskPast NONE =
            new MaskPast(null, 0, Usual.NONE, Usual.NONE, Usual.NONE, Usual.NONE);

    /**
     * Least deviation of the uncertain share's logit: three of them are odds 1.75 times as high, or
     * as low. Scenes of one drive stay within 1.5.
     */
    static final double LEAST_LOGIT_DEVIATION = Math.log(1.75) / 3;

    /** Shares below are as good as none, where a logit would have no bound. */
    private static final double LEAST_SHARE = 0.002;

    /** So many windows weigh as much as all before them. */
    private static final int WINDOWS = 30;

    /** Of fewer values nobody knows what is usual. */
    private static final int FEWEST_VALUES = 10;

    /** What was kept before there was uncertainty has none. */
    public MaskPast {
        uncertainty = uncertainty == null ? Usual.NONE : uncertainty;
    }

    /**
     * A window held against the past.
     *
     * @param enough slides of a window: so many, and then windows, say what is usual
     */
    public MaskScores judge(MaskScores window, int enough) {
        double nats =
                slides < enough ? Double.NaN : JensenShannon.nats(window.classShares(), shares);
        return window.against(
                nats,
                isOff(drift, nats, 1, enough),
                isOff(stability, window.stability(), -1, enough),
                isOff(consistency, window.temporalConsistency(), -1, enough),
                isKnown(uncertainty, enough)
                        && uncertainty.isFar(
                                logit(window.uncertainShare()), LEAST_LOGIT_DEVIATION));
    }

    private static boolean isOff(Usual usual, double value, int sign, int enough) {
        return isKnown(usual, enough) && usual.isOff(value, sign);
    }

    private static boolean isKnown(Usual usual, int enough) {
        return usual.values() >= Math.max(enough, FEWEST_VALUES);
    }

    /** Shares near 0 are told apart by how many times as large one is. */
    private static double logit(double share) {
        double bounded = Math.min(Math.max(share, LEAST_SHARE), 1 - LEAST_SHARE);
        return Math.log(bounded / (1 - bounded));
    }

    /** With a window that was judged. */
    public MaskPast withWindow(MaskScores window, int enough) {
        return new MaskPast(
                shares,
                slides,
                with(drift, window.driftNats(), enough),
                with(stability, window.stability(), enough),
                with(consistency, window.temporalConsistency(), enough),
                Double.isNaN(window.uncertainShare())
                        ? uncertainty
                        : uncertainty.with(
                                logit(window.uncertainShare()),
                                (long) WINDOWS * enough,
                                LEAST_LOGIT_DEVIATION));
    }

    private static Usual with(Usual usual, double value, int enough) {
        return Double.isNaN(value) ? usual : usual.with(value, (long) WINDOWS * enough);
    }

    /** With a slide that no window ahead holds. */
    public MaskPast withSlide(double[] ofSlide, int enough) {
        double weight = 1.0 / Math.min(slides + 1, (long) WINDOWS * enough);
        double[] mean = new double[ofSlide.length];
        for (int c = 0; c < mean.length; c++) {
            double before = shares == null ? 0 : shares[c];
            mean[c] = before + weight * (ofSlide[c] - before);
        }
        return new MaskPast(mean, slides + 1, drift, stability, consistency, uncertainty);
    }
}
