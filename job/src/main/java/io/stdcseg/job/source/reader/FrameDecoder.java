// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.frame.StreamInfo;
import java.nio.ByteBuffer;

/** The pictures of one stream, one after the other. Used by one thread. */
public interface FrameDecoder extends AutoCloseable {

    /** How many frames the container announces; 0 where it does not say. */
    long announcedFrames();

    /** How long the container says the stream is, in seconds; 0 where it does not say. */
    double announcedSeconds();

    /**
     * Moves to the next picture.
     *
     * @return false at the end of the stream
     * @throws io.stdcseg.error.InputException if the picture cannot be decoded; the next call moves
     *     past it
     */
    boolean advance();

    /**
     * Moves past the next picture without decoding it, where that is possible.
     *
     * @return whether it was; if not, nothing has changed
     */
    default boolean skip() {
        return false;
    }

    /** How many damaged parts of the stream were left out so far without an error. */
    default long leftOut() {
        return 0;
    }

    /** Where the first of those parts is, and why it was left out; null if none was. */
    default Damage firstDamage() {
        return null;
    }

    /**
     * A part that was left out.
     *
     * @param after how many pictures come before it
     */
    record Damage(long after, String reason) {}

    /** Description of the present picture. */
    StreamInfo info();

    /** Timestamp of the present picture, in ticks. */
    long pts();

    /** Seconds from the stream's first frame to the present picture. */
    double time();

    /** In ticks; 0 where unknown. */
    long duration();

    /** The picture's file name without ending; null in a video. */
    String name();

    /** Writes the upright RGB picture, all bytes of {@code target}. */
    void writeRgb(ByteBuffer target);

    /**
     * Writes the coded YUV picture, all bytes of {@code target}.
     *
     * @param rgb what {@link #writeRgb} wrote for this picture
     */
    void writeYuv(ByteBuffer rgb, ByteBuffer target);

    @Override
    void close();
}
