// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.video.live.LiveSettings;
import java.util.List;

/** Choice of a job's streams: those that its sources name, found as the settings say. */
public final class SourceChoice {

    private SourceChoice() {}

    /**
     * Finds the streams.
     *
     * @throws io.stdcseg.error.InputException if a source cannot be used
     */
    public static SourceSpec of(SegmentSettings settings) {
        SourceSpec spec = plan(settings);
        LiveSettings.requireTaken(settings.live().options(), spec.liveAddresses());
        return spec;
    }

    private static SourceSpec plan(SegmentSettings settings) {
        List<String> given = settings.sources();
        if (settings.watch()) {
            return SourceSpec.watch(given, settings.readOptions(), settings.fps());
        }
        return settings.follow()
                ? SourceSpec.follow(given, settings.readOptions(), settings.fps())
                : SourceSpec.planRecordings(given, settings.readOptions(), settings.fps());
    }
}
