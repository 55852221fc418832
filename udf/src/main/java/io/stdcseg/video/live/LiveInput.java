// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.Demuxer;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.NativeResources;
import io.stdcseg.video.decode.MotionVectors;
import io.stdcseg.video.decode.StreamDescription;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVProducerReferenceTime;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * One connection to a live stream: packets in, pictures out, until it breaks. Owned by one thread,
 * but for {@link CallGuard#cancel()}.
 */
final class LiveInput implements AutoCloseable {

    static final Rational MICROS = new Rational(1, 1_000_000);

    private static final AVRational TIME_BASE = new AVRational().num(1).den(1_000_000);
    private static final long EAGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Formats that have no timestamps; FFmpeg makes some up. */
    private static final Set<String> UNTIMED =
            Set.of("mpjpeg", "mjpeg", "h264", "hevc", "mjpeg_2000");

    private final LiveAddress address;
    private final CallGuard guard;
    private final NativeResources resources = new NativeResources();
    private final AVFormatContext context;
    private final AVPacket packet;
    private final AVFrame frame;
    private final long openedNanos;
    private int video;
    private AVCodecContext codec;
    private boolean timed;
    private boolean finite;
    private boolean playlist;
    private OptionalLong cameraOffset = OptionalLong.empty();
    private int code;

    /** Outcome of {@link #next()}. */
    enum Outcome {
        /** {@link #frame()} holds the next picture. */
        PICTURE,
        /** A picture came that cannot be decoded. */
        DAMAGE,
        /** The connection gives nothing more; {@link #reason()} says why. */
        END
    }

    private LiveInput(LiveAddress address, LiveSettings settings, CallGuard guard) {
        this.address = address;
        this.guard = guard;
        try {
            this.packet = resources.add(Ffmpeg.packet(), avcodec::av_packet_free);
            this.frame = resources.add(Ffmpeg.frame(), avutil::av_frame_free);
            this.context =
                    resources.add(
                            LiveOpening.open(address, settings, guard),
                            avformat::avformat_close_input);
            this.openedNanos = System.nanoTime();
            openVideo(settings);
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    /**
     * Connects, and finds out what comes.
     *
     * @param guard ends calls that hang
     * @throws InputException if there is no video at the address, at present; one line without the
     *     address
     */
    static LiveInput open(LiveAddress address, LiveSettings settings, CallGuard guard) {
        return new LiveInput(address, settings, guard);
    }

    private void openVideo(LiveSettings settings) {
        guard.begin(LiveOptions.ANALYSIS);
        int result = avformat.avformat_find_stream_info(context, (AVDictionary) null);
        if (result < 0 || guard.isOver()) {
            throw LiveOpening.failure(result, guard);
        }
        video = Demuxer.bestVideo(context);
        if (video < 0) {
            throw new InputException("it has no video");
        }
        for (int i = 0; i < context.nb_streams(); i++) {
            context.streams(i)
                    .discard(i == video ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
        }
        String format = context.iformat().name().getString();
        timed = !UNTIMED.contains(format);
        playlist = format.equals("hls");
        boolean whole =
                playlist
                        ? context.duration() > 0
                        : context.pb() != null && avformat.avio_size(context.pb()) > 0;
        finite = address.protocol() == LiveProtocol.HTTP && whole;
        openCodec(settings);
    }

    private void openCodec(LiveSettings settings) {
        AVCodec decoder = avcodec.avcodec_find_decoder(stream().codecpar().codec_id());
        if (decoder == null || decoder.isNull()) {
            throw new InputException(
                    "there is no decoder for "
                            + avcodec.avcodec_get_name(stream().codecpar().codec_id()).getString());
        }
        codec =
                resources.add(
                        Ffmpeg.allocated(avcodec.avcodec_alloc_context3(decoder), "a decoder"),
                        avcodec::avcodec_free_context);
        Ffmpeg.check(
                avcodec.avcodec_parameters_to_context(codec, stream().codecpar()),
                "set up the decoder");
        codec.pkt_timebase(stream().time_base());
        // Threads by frame would hold back one picture each.
        codec.thread_type(AVCodecContext.FF_THREAD_SLICE).thread_count(2);
        if (settings.motion()) {
            MotionVectors.export(codec);
        }
        int result = avcodec.avcodec_open2(codec, decoder, (AVDictionary) null);
        if (result < 0) {
            throw new InputException("its decoder does not open: " + Ffmpeg.message(result));
        }
    }

    private AVStream stream() {
        return context.streams(video);
    }

    /** Goes on to the next picture. */
    Outcome next() {
        guard.begin();
        while (true) {
            int result = avcodec.avcodec_receive_frame(codec, frame);
            if (result >= 0) {
                return Outcome.PICTURE;
            }
            if (result == avutil.AVERROR_EOF) {
                return Outcome.END;
            }
            if (result != avutil.AVERROR_EAGAIN()) {
                return Outcome.DAMAGE;
            }
            int sent = feed();
            if (sent < 0) {
                return Outcome.DAMAGE;
            }
            if (guard.isCancelled() || guard.wasLate()) {
                return Outcome.END;
            }
        }
    }

    /** Gives the decoder the next packet; negative if it is damaged. */
    private int feed() {
        int result = avformat.av_read_frame(context, packet);
        if (result == avutil.AVERROR_EAGAIN()) {
            LockSupport.parkNanos(EAGAIN_NANOS);
            if (!guard.isOver()) {
                return 0;
            }
        }
        if (result < 0) {
            code = result;
            // What the decoder still holds comes out.
            avcodec.avcodec_send_packet(codec, null);
            return 0;
        }
        if (packet.stream_index() == video) {
            noteCameraTime();
            result = avcodec.avcodec_send_packet(codec, packet);
        }
        avcodec.av_packet_unref(packet);
        return result;
    }

    /** RTCP has told what time it was at the camera. */
    private void noteCameraTime() {
        if (packet.pts() == avutil.AV_NOPTS_VALUE) {
            return;
        }
        BytePointer told =
                avcodec.av_packet_get_side_data(
                        packet, avcodec.AV_PKT_DATA_PRFT, (SizeTPointer) null);
        if (told != null && !told.isNull()) {
            long wall = new AVProducerReferenceTime(told).wallclock();
            cameraOffset = OptionalLong.of(wall - micros(packet.pts()));
        }
    }

    /** The picture that {@link #next()} found. */
    AVFrame frame() {
        return frame;
    }

    /** The picture's own timestamp in microseconds; empty where it has none. */
    OptionalLong sourceMicros() {
        long pts = frame.best_effort_timestamp();
        return timed && pts != avutil.AV_NOPTS_VALUE
                ? OptionalLong.of(micros(pts))
                : OptionalLong.empty();
    }

    /**
     * How many microseconds the present picture has waited, if it is one of the first: FFmpeg keeps
     * what comes while it finds out what that is. Pictures come as far apart as their timestamps.
     */
    long waitedMicros() {
        OptionalLong source = sourceMicros();
        long start = stream().start_time();
        if (source.isEmpty() || start == avutil.AV_NOPTS_VALUE) {
            return 0;
        }
        long open = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - openedNanos);
        long waited = open - (source.getAsLong() - micros(start));
        return Math.max(0, Math.min(waited, LiveOptions.ANALYSIS.toNanos() / 1000));
    }

    /** The picture's time by the camera's clock, in microseconds since 1970; empty if unknown. */
    OptionalLong cameraMicros() {
        OptionalLong source = sourceMicros();
        return source.isPresent() && cameraOffset.isPresent()
                ? OptionalLong.of(source.getAsLong() + cameraOffset.getAsLong())
                : OptionalLong.empty();
    }

    /** In microseconds; 0 where unknown. */
    long durationMicros() {
        return timed ? Math.max(0, micros(frame.duration())) : 0;
    }

    private long micros(long ticks) {
        return avutil.av_rescale_q(ticks, stream().time_base(), TIME_BASE);
    }

    /** Whether it is a recording that ends, which the server gives as fast as it is read. */
    boolean isFinite() {
        return finite;
    }

    /** Whether it comes in pieces of many pictures at a time. */
    boolean isPlaylist() {
        return playlist;
    }

    /** What is true of the present picture and, until it is changed, of those that follow. */
    StreamInfo info(String name) {
        return StreamDescription.of(name, address.shown(), MICROS, context, stream(), frame);
    }

    /** Why there is nothing more. */
    String reason() {
        return LiveOpening.failure(code, guard).getMessage();
    }

    /** Whether the stream said itself that it is over. */
    boolean isAtEnd() {
        return code == avutil.AVERROR_EOF && !guard.wasLate() && !guard.isCancelled();
    }

    @Override
    public void close() {
        // Closing may wait for the other side, too.
        guard.begin();
        resources.close();
    }
}
