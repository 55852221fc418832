// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.io.Serializable;

/**
 * Past of a stream's masks and pictures, against which its windows are held: shares of classes and
 * of luma, how far windows drifted from them, how stable they were, how much of them was uncertain,
 * how sharp they were. It is as large after a day as after a minute.
 *
 * @param shares mean share of each class in the slides before the window; null before there is one
 * @param slides how many there were
 * @param drift of windows so far
 * @param stability of windows so far
 * @param consistency of windows so far, over time
 * @param uncertainty logit of the uncertain share of windows so far
 * @param lumaShares mean share of each range of luma in the slides before; null before there is one
 * @param lumaSlides how many there were
 * @param lumaDrift of windows so far
 * @param sharpness logarithm of that of windows so far
 */
public record MaskPast(
        double[] shares,
        long slides,
        Usual drift,
        Usual stability,
        Usual consistency,
        Usual uncertainty,
        double[] lumaShares,
        long lumaSlides,
        Usual lumaDrift,
        Usual sharpness)
        implements Serializable {

    /** Of a stream that begins. */
    public static final MaskPast NONE =
            new MaskPast(null, 0, Usual.NONE, Usual.NONE, Usual.NONE, null, null, 0, null, null);

    /**
     * Least deviation of the uncertain share's logit and of the sharpness's logarithm: three of
     * them are odds, or a sharpness, 1.75 times as high, or as low. The odds of one drive's scenes
     * stay within 1.5.
     */
    static final double LEAST_LOG_DEVIATION = Math.log(1.75) / 3;

    /** Shares below are as good as none, where a logit would have no bound. */
    private static final double LEAST_SHARE = 0.002;

    /** A picture that is less sharp is plain: a logarithm would have no bound. */
    private static final double LEAST_SHARPNESS = 0.02;

    /** So many windows weigh as much as all before them. */
    private static final int WINDOWS = 30;

    /** Of fewer values nobody knows what is usual. */
    private static final int FEWEST_VALUES = 10;

    /** What was kept before there was uncertainty, or luma, has none. */
    public MaskPast {
        uncertainty = uncertainty == null ? Usual.NONE : uncertainty;
        lumaDrift = lumaDrift == null ? Usual.NONE : lumaDrift;
        sharpness = sharpness == null ? Usual.NONE : sharpness;
    }

    /**
     * A window held against the past.
     *
     * @param enough slides of a window: so many, and then windows, say what is usual
     */
    public MaskScores judge(MaskScores window, int enough) {
        double nats =
                slides < enough ? Double.NaN : JensenShannon.nats(window.classShares(), shares);
        double lumaNats =
                lumaSlides < enough
                        ? Double.NaN
                        : JensenShannon.nats(window.lumaShares(), lumaShares);
        return window.with(
                new MaskScores.Judgement(
                        nats,
                        lumaNats,
                        isOff(drift, nats, 1, enough),
                        isOff(lumaDrift, lumaNats, 1, enough),
                        isOff(stability, window.stability(), -1, enough),
                        isOff(consistency, window.temporalConsistency(), -1, enough),
                        isFar(uncertainty, logit(window.uncertainShare()), enough),
                        isFar(sharpness, log(window.sharpness()), enough)));
    }

    private static boolean isOff(Usual usual, double value, int sign, int enough) {
        return isKnown(usual, enough) && usual.isOff(value, sign);
    }

    private static boolean isFar(Usual usual, double value, int enough) {
        return isKnown(usual, enough) && usual.isFar(value, LEAST_LOG_DEVIATION);
    }

    private static boolean isKnown(Usual usual, int enough) {
        return usual.values() >= Math.max(enough, FEWEST_VALUES);
    }

    /** Shares near 0 are told apart by how many times as large one is. */
    private static double logit(double share) {
        double bounded = Math.min(Math.max(share, LEAST_SHARE), 1 - LEAST_SHARE);
        return Math.log(bounded / (1 - bounded));
    }

    private static double log(double sharpness) {
        return Math.log(Math.max(sharpness, LEAST_SHARPNESS));
    }

    /** With a window that was judged. */
    public MaskPast withWindow(MaskScores window, int enough) {
        return new MaskPast(
                shares,
                slides,
                with(drift, window.judgement().driftNats(), Usual.LEAST_DEVIATION, enough),
                with(stability, window.stability(), Usual.LEAST_DEVIATION, enough),
                with(consistency, window.temporalConsistency(), Usual.LEAST_DEVIATION, enough),
                with(uncertainty, logit(window.uncertainShare()), LEAST_LOG_DEVIATION, enough),
                lumaShares,
                lumaSlides,
                with(lumaDrift, window.judgement().lumaDriftNats(), Usual.LEAST_DEVIATION, enough),
                with(sharpness, log(window.sharpness()), LEAST_LOG_DEVIATION, enough));
    }

    private static Usual with(Usual usual, double value, double least, int enough) {
        return Double.isNaN(value) ? usual : usual.with(value, (long) WINDOWS * enough, least);
    }

    /** With a slide that no window ahead holds. */
    public MaskPast withSlide(MaskScores slide, int enough) {
        // A slide that an earlier version counted has no luma.
        boolean hasLuma = !Double.isNaN(slide.sharpness());
        return new MaskPast(
                mean(shares, slide.classShares(), slides, enough),
                slides + 1,
                drift,
                stability,
                consistency,
                uncertainty,
                hasLuma ? mean(lumaShares, slide.lumaShares(), lumaSlides, enough) : lumaShares,
                hasLuma ? lumaSlides + 1 : lumaSlides,
                lumaDrift,
                sharpness);
    }

    /** Of so many values and another one. */
    private static double[] mean(double[] before, double[] value, long values, int enough) {
        double weight = 1.0 / Math.min(values + 1, (long) WINDOWS * enough);
        double[] mean = new double[value.length];
        for (int i = 0; i < mean.length; i++) {
            double old = before == null ? 0 : before[i];
            mean[i] = old + weight * (value[i] - old);
        }
        return mean;
    }
}
