// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import io.stdcseg.job.source.plan.PictureTiming;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import java.util.List;

/** Planned streams for tests. */
public final class Streams {

    private Streams() {}

    public static PlannedStream video(String name) {
        String path = "/videos/" + name + ".mp4";
        return new PlannedStream(name, path, StreamKind.VIDEO, path, List.of(), null, null);
    }

    public static PlannedStream pictures(String name, String... files) {
        return pictures(name, PictureTiming.even(PictureTiming.USUAL_RATE), files);
    }

    public static PlannedStream pictures(String name, PictureTiming timing, String... files) {
        return new PlannedStream(
                name, "pics", StreamKind.PICTURES, "/pics", List.of(files), timing, null);
    }

    public static PlannedStream live(String name, String address) {
        return new PlannedStream(name, "camera", StreamKind.LIVE, address, List.of(), null, null);
    }

    public static PlannedStream unreadable(String name, String error) {
        return new PlannedStream(name, name, StreamKind.UNREADABLE, name, List.of(), null, error);
    }
}
