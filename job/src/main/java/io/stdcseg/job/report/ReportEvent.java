// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.function.score.ScoreWindow;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.function.throughput.ThroughputWindow;
import io.stdcseg.function.throughput.ThroughputWindow.FrameTiming;
import io.stdcseg.function.weights.WeightsNews;
import io.stdcseg.job.output.playlist.PlaylistTiming;

/** Event that the report adds up. Exactly one of the parts is there, the others are null. */
public record ReportEvent(
        FrameTiming timing,
        StreamTotals stream,
        ScoreWindow window,
        ThroughputWindow throughput,
        NetworkInfo network,
        PlaylistTiming playlist,
        WeightsNews weights) {

    public static ReportEvent of(FrameTiming timing) {
        return new ReportEvent(timing, null, null, null, null, null, null);
    }

    public static ReportEvent of(StreamTotals stream) {
        return new ReportEvent(null, stream, null, null, null, null, null);
    }

    public static ReportEvent of(ScoreWindow window) {
        return new ReportEvent(null, null, window, null, null, null, null);
    }

    public static ReportEvent of(ThroughputWindow throughput) {
        return new ReportEvent(null, null, null, throughput, null, null, null);
    }

    public static ReportEvent of(NetworkInfo network) {
        return new ReportEvent(null, null, null, null, network, null, null);
    }

    public static ReportEvent of(PlaylistTiming playlist) {
        return new ReportEvent(null, null, null, null, null, playlist, null);
    }

    public static ReportEvent of(WeightsNews weights) {
        return new ReportEvent(null, null, null, null, null, null, weights);
    }
}
