// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.error.InputException;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.store.StorePaths;
import io.stdcseg.video.Demuxer;
import java.time.Duration;
import java.util.List;

/**
 * Check of sources: a file that is no video ends the run before a cluster is started for it. Loads
 * FFmpeg, so only where the job runs in this process.
 */
final class SourceCheck {

    /** Of many files, or of a slow store's, the job finds the others. */
    private static final Duration MOST = Duration.ofSeconds(1);

    private SourceCheck() {}

    /**
     * Opens what the job would, unless it would leave out what does not open, or wait for it.
     *
     * @throws InputException as the job would end with it
     */
    static void require(SegmentSettings settings, List<PlannedStream> streams) {
        if (settings.onError() == OnError.SKIP || settings.watch() || settings.follow()) {
            return;
        }
        long start = System.nanoTime();
        for (PlannedStream stream : streams) {
            if (System.nanoTime() - start > MOST.toNanos()) {
                return;
            }
            if (stream.kind() == StreamKind.UNREADABLE) {
                throw new InputException(stream.error());
            }
            if (stream.kind() == StreamKind.VIDEO) {
                Demuxer.open(StorePaths.path(stream.path())).close();
            }
        }
    }
}
