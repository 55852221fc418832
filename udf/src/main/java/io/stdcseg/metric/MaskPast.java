// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.io.Serializable;

/**
 * Past of a stream's masks, against which its windows are held: shares of classes, how far windows
 * drifted from them, how stable they were. It is as large after a day as after a minute.
 *
 * @param shares mean share of each class in the slides before the window; null before there is one
 * @param slides how many there were
 * @param drift of windows so far
 * @param stability of windows so far
 */
public record MaskPast(double[] shares, long slides, Usual drift, Usual stability)
        implements Serializable {

    /** Of a stream that begins. */
    public static final MaskPast NONE = new MaskPast(null, 0, Usual.NONE, Usual.NONE);

    /** So many windows weigh as much as all before them. */
    private static final int WINDOWS = 30;

    /**
     * A window held against the past.
     *
     * @param enough so many slides, and then windows, are enough to say what is usual
     */
    public MaskScores judge(MaskScores window, int enough) {
        double nats =
                slides < enough
                        ? Double.NaN
                        : JensenShannon.nats(window.classShares(), shares);
        return window.against(
                nats,
                drift.values() >= enough && drift.isOff(nats, 1),
                stability.values() >= enough && stability.isOff(window.stability(), -1));
    }

    /** With a window that was judged. */
    public MaskPast withWindow(MaskScores window, int enough) {
        long horizon = (long) WINDOWS * enough;
        double nats = window.driftNats();
        return new MaskPast(
                shares,
                slides,
                Double.isNaN(nats) ? drift : drift.with(nats, horizon),
                Double.isNaN(window.stability())
                        ? stability
                        : stability.with(window.stability(), horizon));
    }

    /** With a slide that no window ahead holds. */
    public MaskPast withSlide(double[] ofSlide, int enough) {
        double weight = 1.0 / Math.min(slides + 1, (long) WINDOWS * enough);
        double[] mean = new double[ofSlide.length];
        for (int c = 0; c < mean.length; c++) {
            double before = shares == null ? 0 : shares[c];
            mean[c] = before + weight * (ofSlide[c] - before);
        }
        return new MaskPast(mean, slides + 1, drift, stability);
    }
}
