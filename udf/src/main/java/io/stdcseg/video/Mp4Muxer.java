// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.file.DurableFiles;
import io.stdcseg.frame.Rational;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * An MP4 file being written: streams are added, then packets in order of decoding, then {@link
 * #finish()} makes it whole. Closed without that it is a fragment. Owned by one thread at a time.
 */
public final class Mp4Muxer implements AutoCloseable {

    private static final int FINEST_TICKS = 10_000_000;
    private static final int MICROSECONDS = 1_000_000;
    private static final int FINE_TICKS = 48_000;
    private static final int MATRIX_BYTES = 9 * Integer.BYTES;

    private final Path file;
    private final AVFormatContext context;
    private boolean closed;

    public Mp4Muxer(Path file) {
        FfmpegLibraries.load();
        this.file = file;
        this.context = new AVFormatContext(null);
        Ffmpeg.check(
                avformat.avformat_alloc_output_context2(context, null, "mp4", null),
                "write " + file);
        try (BytePointer url = FfmpegTypes.url(file)) {
            AVIOContext io = new AVIOContext(null);
            Ffmpeg.check(avformat.avio_open(io, url, avformat.AVIO_FLAG_WRITE), "write " + file);
            context.pb(io);
            // Where the index is moved to the front the muxer opens the file a second time.
            context.url(avutil.av_strdup(url));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    public AVFormatContext context() {
        return context;
    }

    /**
     * Ticks per second for a track whose times have this time base: as many as its denominator, so
     * that times stay exact. Where that is so fine that MP4's 32-bit durations would end after
     * seconds, microseconds.
     */
    public static String timescale(Rational timeBase) {
        int ticks = timeBase.denominator();
        return Integer.toString(ticks <= FINEST_TICKS ? ticks : MICROSECONDS);
    }

    /**
     * Ticks per second for what concerns all tracks, such as when each begins: a multiple of {@link
     * #timescale}, so that the first picture's time is exact, and no coarser than a sample of
     * sound.
     */
    public static String movieTimescale(Rational timeBase) {
        int ticks = Integer.parseInt(timescale(timeBase));
        return Integer.toString(ticks * ((FINE_TICKS + ticks - 1) / ticks));
    }

    /** Adds a stream of packets that are coded like this. */
    public AVStream addStream(AVCodecParameters parameters, Rational timeBase) {
        AVStream stream = Ffmpeg.allocated(avformat.avformat_new_stream(context, null), "a stream");
        Ffmpeg.check(
                avcodec.avcodec_parameters_copy(stream.codecpar(), parameters), "write " + file);
        stream.codecpar().codec_tag(0);
        stream.time_base(FfmpegTypes.rational(timeBase));
        return stream;
    }

    /** Asks players to turn the pictures of a stream clockwise. */
    public static void turn(AVStream stream, int degrees) {
        if (degrees == 0) {
            return;
        }
        AVCodecParameters parameters = stream.codecpar();
        try (IntPointer count = new IntPointer(1)) {
            count.put(parameters.nb_coded_side_data());
            AVPacketSideData all = parameters.coded_side_data();
            if (all == null) {
                all = new AVPacketSideData(null);
            }
            AVPacketSideData matrix =
                    avcodec.av_packet_side_data_new(
                            all, count, avcodec.AV_PKT_DATA_DISPLAYMATRIX, MATRIX_BYTES, 0);
            Ffmpeg.allocated(matrix, "a display matrix");
            parameters.coded_side_data(all);
            parameters.nb_coded_side_data(count.get());
            avutil.av_display_rotation_set(new IntPointer(matrix.data()), degrees);
        }
    }

    /** Writes the header; streams may not be added after it. */
    public void start(Map<String, String> settings) {
        AVDictionary options = new AVDictionary(null);
        try {
            settings.forEach((key, value) -> avutil.av_dict_set(options, key, value, 0));
            Ffmpeg.check(
                    avformat.avformat_write_header(context, options), "write header of " + file);
        } finally {
            avutil.av_dict_free(options);
        }
    }

    /** Time base that packets of the stream are written in. */
    Rational timeBase(int stream) {
        return FfmpegTypes.rational(context.streams(stream).time_base(), new Rational(1, 1));
    }

    /** Writes a packet whose times are ticks of {@code timeBase}; the packet comes back empty. */
    public void write(AVPacket packet, int stream, Rational timeBase) {
        packet.stream_index(stream);
        packet.pos(-1);
        avcodec.av_packet_rescale_ts(
                packet, FfmpegTypes.rational(timeBase), context.streams(stream).time_base());
        Ffmpeg.check(
                avformat.av_interleaved_write_frame(context, packet), "write packet to " + file);
    }

    /** Writes what is still missing and brings the file to the disk. */
    public void finish() throws IOException {
        Ffmpeg.check(avformat.av_write_trailer(context), "write end of " + file);
        int code = avformat.avio_closep(context.pb());
        context.pb(null);
        Ffmpeg.check(code, "write end of " + file);
        close();
        DurableFiles.forceContent(file);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            AVIOContext io = context.pb();
            if (io != null && !io.isNull()) {
                avformat.avio_close(io);
                context.pb(null);
            }
            avformat.avformat_free_context(context);
        }
    }
}
