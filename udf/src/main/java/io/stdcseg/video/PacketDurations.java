// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import java.util.HashMap;
import java.util.Map;

/** How long each picture inside an encoder is shown: encoders do not all pass it on. */
final class PacketDurations {

    private final Map<Long, Long> byPts = new HashMap<>();

    void put(long pts, long duration) {
        byPts.put(pts, duration);
    }

    /** The duration of the picture with that time, once; 0 where unknown. */
    long take(long pts) {
        Long duration = byPts.remove(pts);
        return duration == null ? 0 : duration;
    }
}
