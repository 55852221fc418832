// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import java.util.PriorityQueue;

/**
 * Numbers of a range's pictures, told by their timestamps: a picture's number is that of its packet
 * among all packets of the file in the order they are shown, whether or not those before it can be
 * decoded.
 */
final class PictureNumbers {

    private static final long NONE = -1;

    private final VideoRange range;
    private final PriorityQueue<Long> awaited = new PriorityQueue<>();
    private long next;
    private long missing;
    private long firstMissing = NONE;

    PictureNumbers(VideoRange range) {
        this.range = range;
        this.next = range.firstPicture();
    }

    /** A packet has gone to the decoder. */
    void awaits(long pts) {
        if (range.holds(pts)) {
            awaited.add(pts);
        }
    }

    /** The number of the picture that the decoder gave; -1 if it is not in the range. */
    long shown(long pts) {
        while (!awaited.isEmpty() && awaited.peek() < pts) {
            miss();
        }
        if (!range.holds(pts)) {
            return NONE;
        }
        awaited.poll();
        return next++;
    }

    /** The decoder has given all it will. */
    void ended() {
        while (!awaited.isEmpty()) {
            miss();
        }
    }

    private void miss() {
        awaited.poll();
        if (missing++ == 0) {
            firstMissing = next;
        }
        next++;
    }

    /** How many pictures of the range were passed over so far. */
    long missing() {
        return missing;
    }

    /** The number of the first of them; -1 if there is none. */
    long firstMissing() {
        return firstMissing;
    }
}
