// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Times of a live stream's pictures, in microseconds since 1970: when a camera took them, or when
 * they came; those of a recording from when it began. Used by one thread.
 */
final class PictureTimes {

    private final LiveAddress address;
    private final LiveClock clock;

    /**
     * @param start what the stream goes on from
     */
    PictureTimes(LiveAddress address, LivePosition start) {
        this.address = address;
        this.clock = new LiveClock(start.lastMicros());
    }

    /** Another connection. */
    void reconnected() {
        clock.reconnected();
    }

    /**
     * Time of the present picture.
     *
     * @param recording whether pictures come as fast as they are read
     * @param position before the picture
     */
    long of(LiveInput input, boolean recording, LivePosition position) {
        return recording ? recorded(input.sourceMicros(), position) : live(input);
    }

    private long live(LiveInput input) {
        // Once that of the first is known, timestamps tell when the others came.
        long waited = clock.isTied() ? 0 : input.waitedMicros();
        return clock.next(input.sourceMicros(), nowMicros() - waited, input.cameraMicros());
    }

    /** A recording goes by its own timestamps. */
    private long recorded(OptionalLong source, LivePosition position) {
        if (source.isEmpty()) {
            return clock.next(source, nowMicros(), OptionalLong.empty());
        }
        if (!clock.isTied()) {
            boolean goesOn = position.sourceMicros() != LivePosition.NONE;
            clock.tie(
                    goesOn
                            ? position.lastMicros() - position.sourceMicros()
                            : beginMicros() - source.getAsLong());
        }
        return clock.recorded(source.getAsLong());
    }

    private long beginMicros() {
        if (address.protocol() == LiveProtocol.FOLLOW) {
            try {
                return Files.readAttributes(Path.of(address.followed()), BasicFileAttributes.class)
                        .creationTime()
                        .to(TimeUnit.MICROSECONDS);
            } catch (IOException e) {
                return nowMicros(); // It is gone already.
            }
        }
        return nowMicros();
    }

    static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
