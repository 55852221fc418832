// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import io.stdcseg.error.InputException;
import io.stdcseg.video.Demuxer;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Damage of a video that decoding has met: counted where it is left out, else the end of it. */
final class Damage {

    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

    private final Path file;
    private final boolean strict;
    private long parts;
    private long picturesBefore;
    private String reason;

    /**
     * @param strict whether the first damage is an error
     */
    Damage(Path file, boolean strict) {
        this.file = file;
        this.strict = strict;
    }

    /**
     * A part cannot be decoded.
     *
     * @param pictures how many there were before it
     * @param why in one line
     */
    void found(long pictures, String why) {
        if (strict) {
            throw pictures == 0
                    ? Demuxer.unreadable(file, "it is damaged: " + why)
                    : new InputException(
                            "video " + file + " is damaged after picture " + pictures + ": " + why);
        }
        if (parts++ == 0) {
            picturesBefore = pictures;
            reason = why;
            LOG.debug("{} is damaged: {}", file, why);
        }
    }

    /** How many parts were left out. */
    long parts() {
        return parts;
    }

    /** How many pictures there were before the first of them. */
    long picturesBefore() {
        return picturesBefore;
    }

    /** Why the first of them was left out; null if none was. */
    String reason() {
        return reason;
    }
}
