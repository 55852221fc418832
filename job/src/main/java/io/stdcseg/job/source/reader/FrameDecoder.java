// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.frame.MotionField;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.video.decode.VideoRange;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Decoder of one stream: its pictures, one after the other. {@link FileDecoders} says which there
 * are. Used by one thread.
 */
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
     * Number of the present picture in its stream, from 0, also of one that cannot be decoded; -1
     * before the first, and outside of a range whose pictures are counted.
     */
    long number();

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

    /** Motion from the picture before; null where it is not known. */
    default MotionField motion() {
        return null;
    }

    /** Writes the upright RGB picture, all bytes of {@code target}. */
    void writeRgb(ByteBuffer target);

    /**
     * Writes the coded YUV picture, all bytes of {@code target}.
     *
     * @param rgb what {@link #writeRgb} wrote for this picture; null if it did not, where {@link
     *     #yuvToRgb} says how planes become that
     */
    void writeYuv(ByteBuffer rgb, ByteBuffer target);

    /**
     * How the planes that {@link #writeYuv} writes of the present picture become the RGB that
     * {@link #writeRgb} does; null where they do not, to the bit.
     */
    default YuvToRgb yuvToRgb() {
        return null;
    }

    @Override
    void close();

    /**
     * A part that was left out.
     *
     * @param after how many pictures come before it
     */
    record Damage(long after, String reason) {}

    /** Factory of decoders: what knows the kinds of streams, or stands in for them. */
    @FunctionalInterface
    interface Factory extends Serializable {

        /**
         * Opens the decoder of a split, at the stream's beginning or in time for its range.
         *
         * @param onError whether damage ends decoding with an error, or is left out
         * @throws io.stdcseg.error.InputException if the stream cannot be read
         */
        FrameDecoder open(VideoSplit split, OnError onError);

        /**
         * The ranges that a stream is read in, in its order; one that is whole where it has to be;
         * none if it does not open.
         */
        default List<VideoRange> ranges(PlannedStream stream, ReadOptions options) {
            return List.of(VideoRange.WHOLE);
        }
    }
}
