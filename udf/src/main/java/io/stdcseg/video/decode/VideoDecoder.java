// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import io.stdcseg.error.InputException;
import io.stdcseg.error.WarnOnce;
import io.stdcseg.frame.MotionField;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.video.Demuxer;
import io.stdcseg.video.MediaFile;
import io.stdcseg.video.MonotonicTimestamps;
import io.stdcseg.video.NativeResources;
import io.stdcseg.video.convert.FrameConverter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decoder of a video file: its pictures in the order they are shown.
 *
 * <pre>{@code
 * try (VideoDecoder video = VideoDecoder.open("drive", file)) {
 *     while (video.advance()) {
 *         video.writeRgb(pixels);
 *     }
 * }
 * }</pre>
 *
 * <p>Every picture that a full decode yields comes, edit lists respected, with its exact time;
 * times strictly increase. All pictures have the size of the first: others are scaled to it. Owned
 * by one thread at a time. Holds native memory and threads until {@link #close()}.
 */
public final class VideoDecoder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VideoDecoder.class);

    private final Path file;
    private final NativeResources resources = new NativeResources();
    private final Demuxer demuxer;
    private final PacketDecoder decoder;
    private final StreamInfo info;
    private final MonotonicTimestamps timestamps;
    private final FrameConverter converter;
    private final PictureNumbers numbers;
    private final MotionVectors motion;
    private boolean firstPending = true;
    private boolean hasPicture;
    private boolean closed;
    private long pts;
    private long duration;
    private long number = -1;
    private long shown;

    /** Opens a file with {@link Options#DEFAULT}. */
    public static VideoDecoder open(String streamName, Path file) {
        return open(streamName, file, Options.DEFAULT);
    }

    /** Opens all of a file. */
    public static VideoDecoder open(String streamName, Path file, Options options) {
        return open(streamName, file, options, VideoRange.WHOLE);
    }

    /**
     * Opens a file and decodes its first picture, so that what opens can be shown.
     *
     * @param streamName goes into {@link #info()}
     * @param range what is decoded; pictures before it may come, and behind it
     * @throws InputException if the file has no video, or none of it can be decoded; one line that
     *     names the file and the reason
     */
    public static VideoDecoder open(
            String streamName, Path file, Options options, VideoRange range) {
        return new VideoDecoder(streamName, MediaFile.of(file), options, range);
    }

    /** Opens a file with {@link VideoRange#WHOLE}, however its bytes are reached. */
    public static VideoDecoder open(String streamName, MediaFile file, Options options) {
        return new VideoDecoder(streamName, file, options, VideoRange.WHOLE);
    }

    private VideoDecoder(String streamName, MediaFile media, Options options, VideoRange range) {
        this.file = media.path();
        try {
            this.demuxer = resources.add(Demuxer.open(media), Demuxer::close);
            this.decoder =
                    resources.add(PacketDecoder.open(file, demuxer, options), PacketDecoder::close);
            this.numbers = range.counted() ? new PictureNumbers(range) : null;
            this.motion = options.motion() ? new MotionVectors() : null;
            if (numbers != null && !range.seeks()) {
                decoder.tell(numbers::awaits);
            }
            if (!decoder.next()) {
                throw Demuxer.unreadable(file, decoder.whyNoPicture());
            }
            this.info =
                    StreamDescription.of(
                            streamName, file, demuxer, decoder.stream(), decoder.frame());
            double frameSeconds = 1 / info.frameRate().value();
            this.timestamps =
                    new MonotonicTimestamps(
                            Math.round(frameSeconds / info.timeBase().value()),
                            info.timeBase().value());
            this.converter =
                    resources.add(new FrameConverter(info, options.exact()), FrameConverter::close);
            if (range.seeks()) {
                begin(range);
            }
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    /** The file's first picture, which every range looks at, has told what all are like. */
    private void begin(VideoRange range) {
        decoder.seek(range.keyPts());
        if (numbers != null) {
            decoder.tell(numbers::awaits);
        }
        firstPending = false;
    }

    /** What is true of every picture. */
    public StreamInfo info() {
        return info;
    }

    /** How many pictures the whole stream seems to have; 0 where nothing tells. */
    public long estimatedFrames() {
        long counted = decoder.stream().nb_frames();
        long timed = Math.round(durationSeconds() * info.frameRate().value());
        if (counted > 0 && timed > 0) {
            return Math.min(counted, timed);
        }
        return Math.max(counted, timed);
    }

    /** How long the whole stream seems to be; 0 where nothing tells. */
    public double durationSeconds() {
        long ofStream = decoder.stream().duration();
        if (ofStream > 0) {
            return info.seconds(ofStream);
        }
        return Math.max(0, demuxer.context().duration() / 1e6);
    }

    /**
     * Decodes the next picture; it stays until the next call.
     *
     * @return false at the end
     * @throws InputException if a packet is corrupted and decoding is strict
     */
    public boolean advance() {
        if (closed) {
            throw new IllegalStateException("decoder of " + file + " is closed");
        }
        hasPicture = firstPending || decoder.next();
        firstPending = false;
        if (hasPicture) {
            converter.nextPicture();
            if (motion != null) {
                motion.next(decoder.frame());
            }
            warnIfResized(decoder.frame());
            duration = Math.max(0, decoder.frame().duration());
            pts = timestamps.next(decoder.frame().best_effort_timestamp(), duration);
            number = numbers == null ? number + 1 : numbers.shown(pts);
        } else if (numbers != null) {
            numbers.ended();
        }
        return hasPicture;
    }

    private void warnIfResized(AVFrame picture) {
        if (picture.width() == info.width() && picture.height() == info.height()) {
            shown++;
            return;
        }
        WarnOnce.once(
                LOG,
                "size of " + file,
                String.format(
                        Locale.ROOT,
                        "video %s changes its size from %dx%d to %dx%d after picture %d; masks and"
                                + " masked video keep the first",
                        file,
                        info.width(),
                        info.height(),
                        picture.width(),
                        picture.height(),
                        shown));
    }

    /** Presentation time of the current picture, in ticks of the stream's time base. */
    public long pts() {
        return pts;
    }

    /** How long the current picture is shown, in ticks; 0 where unknown. */
    public long duration() {
        return duration;
    }

    /**
     * Number of the current picture in the file, from 0; where pictures of a range are counted by
     * their timestamps those that cannot be decoded count, too, and outside the range it is -1.
     */
    public long number() {
        return number;
    }

    /**
     * How many damaged parts were left out so far: corrupted packets, or pictures of the range that
     * did not come.
     */
    public long skipped() {
        long parts = decoder.damage().parts();
        return numbers == null || parts == 0 ? parts : numbers.missing();
    }

    /** How many pictures there were before the first part that was left out. */
    public long firstDamage() {
        return numbers == null ? decoder.damage().picturesBefore() : numbers.firstMissing();
    }

    /** Why the first part was left out; null if none was. */
    public String firstReason() {
        return decoder.damage().reason();
    }

    /** Motion from the picture before to the current one; null where it is not known. */
    public MotionField motion() {
        return motion == null ? null : motion.read(current(), info);
    }

    /**
     * Writes the current picture upright as rows of RGB triples.
     *
     * @param target direct; {@link StreamInfo#rgbBytes()} bytes are written from its position on,
     *     which stays where it is
     */
    public void writeRgb(ByteBuffer target) {
        converter.writeRgb(current(), target);
    }

    /**
     * Writes the current picture as it is coded, 8-bit planar YUV 4:2:0 in the matrix and range of
     * {@link StreamInfo#color()}.
     *
     * @param target direct; {@link StreamInfo#yuvBytes()} bytes are written from its position on,
     *     which stays where it is
     */
    public void writeYuv(ByteBuffer target) {
        converter.writeYuv(current(), target);
    }

    /**
     * How the planes that {@link #writeYuv} writes of the current picture become the RGB that
     * {@link #writeRgb} does; null where they do not, to the bit.
     */
    public YuvToRgb yuvToRgb() {
        return converter.yuvToRgb(current());
    }

    private AVFrame current() {
        if (!hasPicture || closed) {
            throw new IllegalStateException("no current picture of " + file);
        }
        return decoder.frame();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            resources.close();
        }
    }

    /**
     * Options of the decoder.
     *
     * @param threads of the decoder, at least 1
     * @param strict whether the first corrupted packet ends decoding with an error; otherwise such
     *     packets are left out and counted
     * @param exact whether chroma is interpolated and rounded with care (single pictures) rather
     *     than fast (video)
     * @param motion whether the motion between pictures is told, where the decoder knows it
     * @param hardware whether a card decodes
     */
    public record Options(
            int threads, boolean strict, boolean exact, boolean motion, HardwareDecoding hardware) {

        /** Two threads, lenient: what FFmpeg's own tools decode is decoded. */
        public static final Options DEFAULT = new Options(2, false, false);

        /** Without motion, in software. */
        public Options(int threads, boolean strict, boolean exact) {
            this(threads, strict, exact, false, HardwareDecoding.NONE);
        }

        /** The same with or without motion. */
        public Options withMotion(boolean wanted) {
            return new Options(threads, strict, exact, wanted, hardware);
        }

        /** The same in hardware or not. */
        public Options on(HardwareDecoding choice) {
            return new Options(threads, strict, exact, motion, choice);
        }

        public Options {
            if (threads < 1) {
                throw new IllegalArgumentException(
                        "decoder threads " + threads + " is not at least 1");
            }
        }
    }
}
