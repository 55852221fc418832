// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.Container;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.Muxer;
import io.stdcseg.video.NativeResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Encoder of a segment: consecutive pictures of a stream become one file that plays by itself and
 * joins with its neighbours. It starts with a key frame, has no B frames, keeps absolute times,
 * rotation, pixel shape and colours.
 *
 * <p>The file is a fragmented MP4, or a Matroska file where MP4 does not hold the codec. Odd sides
 * grow by a repeated row or column. Owned by one thread at a time. {@link #close()} makes the file
 * whole and brings it to the disk; {@link #abandon()} deletes it.
 */
public final class SegmentEncoder implements AutoCloseable {

    private final Path file;
    private final StreamInfo info;
    private final Rational timeBase;
    private final NativeResources resources = new NativeResources();
    private final AVCodecContext codec;
    private final VideoEncoder encoder;
    private final AVFrame picture;
    private final AVPacket packet;

    /** Times of the pictures inside the encoder: they come out in the order they went in. */
    private final Deque<Times> inside = new ArrayDeque<>();

    private final Muxer output;
    private long frames;
    private long lastPts = Long.MIN_VALUE;
    private boolean closed;

    /**
     * Opens the encoder and creates the file.
     *
     * @throws io.stdcseg.error.InputException if no encoder takes pictures of that size
     */
    public SegmentEncoder(Path file, StreamInfo info, Options options) {
        this.file = file;
        this.info = info;
        this.timeBase = info.timeBase();
        try {
            EncoderChoice.Opened opened = EncoderChoice.open(info, options);
            this.codec = resources.add(opened.context(), avcodec::avcodec_free_context);
            this.encoder = opened.encoder();
            this.picture =
                    resources.add(
                            Ffmpeg.frame(codec.width(), codec.height(), codec.pix_fmt()),
                            avutil::av_frame_free);
            this.packet = resources.add(Ffmpeg.packet(), avcodec::av_packet_free);
            this.output = resources.add(createFile(), Muxer::close);
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    private Muxer createFile() {
        boolean fits = Container.MP4.holds(encoder.codec());
        Muxer muxer = new Muxer(file, fits ? Container.MP4 : Container.MKV);
        try {
            AVStream stream = muxer.addStream(codec, timeBase);
            stream.avg_frame_rate(FfmpegTypes.rational(info.frameRate()));
            stream.sample_aspect_ratio(codec.sample_aspect_ratio());
            Muxer.setRotation(stream, info.rotation());
            muxer.writeHeader(muxer.container().segmentOptions(timeBase));
            return muxer;
        } catch (RuntimeException | Error e) {
            muxer.close();
            throw e;
        }
    }

    /** The file being written. */
    public Path file() {
        return file;
    }

    /** FFmpeg's name for what encodes. */
    public String encoder() {
        return codec.codec().name().getString();
    }

    /** How many pictures were given so far. */
    public long frames() {
        return frames;
    }

    /**
     * Encodes one picture.
     *
     * @param yuv direct; {@link StreamInfo#yuvBytes()} bytes from its position on: planes Y, U, V
     * @param pts later than the last one, in ticks of the stream's time base
     * @param duration in ticks, 0 where unknown
     */
    public void encode(ByteBuffer yuv, long pts, long duration) {
        if (closed) {
            throw new IllegalStateException("segment " + file + " is closed");
        }
        if (pts <= lastPts) {
            throw new IllegalArgumentException(
                    "pts " + pts + " of stream " + info.name() + " does not follow " + lastPts);
        }
        lastPts = pts;
        Ffmpeg.check(avutil.av_frame_make_writable(picture), "encode a picture of " + file);
        PaddedFrame.fill(picture, yuv, info);
        boolean numbered = encoder.numbersPictures();
        picture.pts(numbered ? frames : pts).duration(numbered ? 1 : duration);
        // MPEG-4's looks for its quantiser here only.
        picture.quality(codec.global_quality());
        inside.add(new Times(pts, duration > 0 ? duration : frameTicks()));
        Ffmpeg.check(
                avcodec.avcodec_send_frame(codec, picture),
                "encode picture at " + pts + " of " + file);
        writeReadyPackets();
        frames++;
    }

    private long frameTicks() {
        return Math.max(1, Math.round(1 / info.frameRate().value() / timeBase.value()));
    }

    private void writeReadyPackets() {
        while (true) {
            int code = avcodec.avcodec_receive_packet(codec, packet);
            if (code == avutil.AVERROR_EAGAIN() || code == avutil.AVERROR_EOF) {
                return;
            }
            Ffmpeg.check(code, "encode " + file);
            Times times = inside.remove();
            packet.pts(times.pts).dts(times.pts).duration(times.duration);
            output.write(packet, 0, timeBase);
        }
    }

    /**
     * Finishes the file. Without a single picture there is nothing to play: then the file is
     * deleted.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (frames == 0) {
            abandon();
            return;
        }
        try {
            avcodec.avcodec_send_frame(codec, null);
            writeReadyPackets();
            output.finish();
        } catch (IOException e) {
            throw new UncheckedIOException("segment " + file + " cannot be written", e);
        } finally {
            free();
        }
    }

    /** Gives up: frees everything and deletes the file. Does nothing after {@link #close()}. */
    public void abandon() {
        if (!closed) {
            free();
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("segment " + file + " cannot be deleted", e);
            }
        }
    }

    private void free() {
        closed = true;
        resources.close();
    }

    private record Times(long pts, long duration) {}

    /**
     * Options of the encoder. Equal options but for the effort, size and colours give equal
     * parameter sets, so that segments of one stream can be joined.
     *
     * @param threads of the encoder, at least 1; each codes a slice of the picture
     * @param keyFrameSeconds longest time between key frames, above 0
     * @param format what is written
     * @param effort of an encoder that has a choice
     */
    public record Options(
            int threads, double keyFrameSeconds, VideoFormat format, EncoderEffort effort) {

        /** Two threads, a key frame every two seconds, the usual format. */
        public static final Options DEFAULT = new Options(2, 2);

        public Options {
            if (threads < 1) {
                throw new IllegalArgumentException(
                        "encoder threads " + threads + " is not at least 1");
            }
            if (!(keyFrameSeconds > 0)) {
                throw new IllegalArgumentException(
                        "key frame interval " + keyFrameSeconds + " s is not above 0");
            }
        }

        /** The usual format, with the least effort. */
        public Options(int threads, double keyFrameSeconds) {
            this(threads, keyFrameSeconds, VideoFormat.DEFAULT, EncoderEffort.LEAST);
        }

        /** The same for another format. */
        public Options withFormat(VideoFormat other) {
            return new Options(threads, keyFrameSeconds, other, effort);
        }

        /** The same with another effort. */
        public Options withEffort(EncoderEffort other) {
            return new Options(threads, keyFrameSeconds, format, other);
        }
    }
}
