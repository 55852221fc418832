// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.file.DurableFiles;
import io.stdcseg.frame.Rational;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
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
 * Muxer of a media file: streams are added, then comes the header, then packets in order of
 * decoding; {@link #finish()} makes the file whole. Closed without that it is a fragment. Owned by
 * one thread at a time.
 *
 * <p>Where the container's ticks are coarser than a stream's, times are rounded to the nearest one,
 * and those that fall together follow each other by a tick.
 */
public final class Muxer implements AutoCloseable {

    private static final int DISPLAY_MATRIX_BYTES = 9 * Integer.BYTES;

    private static final int HVC1 = 'h' | 'v' << 8 | 'c' << 16 | '1' << 24;

    private final Path file;
    private final Container container;
    private final AVFormatContext context;

    /** Time of each stream's last packet, in ticks of the container. */
    private final Map<Integer, Long> last = new HashMap<>();

    private boolean closed;

    public Muxer(Path file, Container container) {
        FfmpegLibraries.load();
        this.file = file;
        this.container = container;
        this.context = new AVFormatContext(null);
        Ffmpeg.check(
                avformat.avformat_alloc_output_context2(context, null, container.muxer(), null),
                "write " + file);
        if (!container.isIsoMedia()) {
            // Without dates and random numbers: the same packets give the same file.
            context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
        }
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

    /** What kind of file it is. */
    public Container container() {
        return container;
    }

    /** Adds a stream of the packets that an open encoder gives. */
    public AVStream addStream(AVCodecContext encoder, Rational timeBase) {
        AVCodecParameters parameters =
                Ffmpeg.allocated(avcodec.avcodec_parameters_alloc(), "a stream");
        try {
            Ffmpeg.check(
                    avcodec.avcodec_parameters_from_context(parameters, encoder), "write " + file);
            return addStream(parameters, timeBase);
        } finally {
            avcodec.avcodec_parameters_free(parameters);
        }
    }

    /** Adds a stream of packets that are coded like this. */
    public AVStream addStream(AVCodecParameters parameters, Rational timeBase) {
        AVStream stream = Ffmpeg.allocated(avformat.avformat_new_stream(context, null), "a stream");
        Ffmpeg.check(
                avcodec.avcodec_parameters_copy(stream.codecpar(), parameters), "write " + file);
        boolean isApple =
                parameters.codec_id() == avcodec.AV_CODEC_ID_HEVC && container.isIsoMedia();
        // Apple's players take HEVC under this name only; parameter sets are in the header anyway.
        stream.codecpar().codec_tag(isApple ? HVC1 : 0);
        stream.time_base(FfmpegTypes.rational(timeBase));
        return stream;
    }

    /** Sets a stream's display matrix: players turn its pictures clockwise. */
    public static void setRotation(AVStream stream, int degrees) {
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
                            all, count, avcodec.AV_PKT_DATA_DISPLAYMATRIX, DISPLAY_MATRIX_BYTES, 0);
            Ffmpeg.allocated(matrix, "a display matrix");
            parameters.coded_side_data(all);
            parameters.nb_coded_side_data(count.get());
            avutil.av_display_rotation_set(new IntPointer(matrix.data()), degrees);
        }
    }

    /** Writes the header; streams may not be added after it. */
    public void writeHeader(Map<String, String> options) {
        AVDictionary dictionary = new AVDictionary(null);
        try {
            options.forEach((key, value) -> avutil.av_dict_set(dictionary, key, value, 0));
            Ffmpeg.check(
                    avformat.avformat_write_header(context, dictionary), "write header of " + file);
        } finally {
            avutil.av_dict_free(dictionary);
        }
    }

    /** Writes a packet whose times are ticks of {@code timeBase}; the packet comes back empty. */
    public void write(AVPacket packet, int stream, Rational timeBase) {
        packet.stream_index(stream);
        packet.pos(-1);
        avcodec.av_packet_rescale_ts(
                packet, FfmpegTypes.rational(timeBase), context.streams(stream).time_base());
        keepInOrder(packet);
        Ffmpeg.check(
                avformat.av_interleaved_write_frame(context, packet), "write packet to " + file);
    }

    private void keepInOrder(AVPacket packet) {
        Long before = last.get(packet.stream_index());
        if (before != null && packet.dts() <= before) {
            long delay = before + 1 - packet.dts();
            packet.pts(packet.pts() + delay).dts(packet.dts() + delay);
        }
        last.put(packet.stream_index(), packet.dts());
    }

    /** Writes the trailer and brings the file to the disk. */
    public void finish() throws IOException {
        Ffmpeg.check(avformat.av_write_trailer(context), "write end of " + file);
        int code = avformat.avio_closep(context.pb());
        context.pb(null);
        Ffmpeg.check(code, "write end of " + file);
        close();
        DurableFiles.fsync(file);
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
