// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.live;

import io.stdcseg.frame.FrameElement.LiveProgress;
import java.io.Serializable;

/**
 * How a live source keeps up, as it says of itself about once a second; later ones replace earlier
 * ones.
 *
 * @param lagSeconds how far behind its camera a stream is; null if nobody knows
 * @param decoded pictures that were decoded so far, or should have been
 * @param dropped frames left out so far because they came faster than they were segmented
 * @param skipped pictures left out so far because they were damaged
 * @param reconnects how often the source was lost so far and opened again
 * @param error the last thing that went wrong, in one line without credentials; null if nothing did
 */
public record StreamStatus(
        String stream,
        Double lagSeconds,
        long decoded,
        long dropped,
        long skipped,
        long reconnects,
        String error)
        implements Serializable {

    public static StreamStatus of(LiveProgress live) {
        return new StreamStatus(
                live.stream(),
                live.lagMicros() / 1e6,
                live.decoded(),
                live.dropped(),
                live.skipped(),
                live.reconnects(),
                live.lastError());
    }
}
