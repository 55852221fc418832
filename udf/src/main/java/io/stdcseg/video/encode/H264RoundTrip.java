// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import io.stdcseg.error.InputException;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegLibraries;
import io.stdcseg.video.NativeResources;
import io.stdcseg.video.convert.Scaler;
import io.stdcseg.video.convert.Scaler.PictureFormat;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;

/**
 * Round trip of a picture through H.264, in memory: what a viewer sees of it in a video. It is
 * predicted from a moved copy of itself, as a picture from a moving camera is from the one before.
 *
 * <p>libopenh264 encodes, deblocking on, with one thread, so that the result depends on nothing but
 * what is given; FFmpeg decodes. For one thread, and one picture.
 */
public final class H264RoundTrip implements AutoCloseable {

    /** The largest quantiser of H.264. */
    public static final int MOST_QUANTISER = 51;

    /** Least side of a picture. */
    public static final int LEAST_SIDE = 16;

    private static final int CHANNELS = 3;
    private static final int MATRIX = avutil.AVCOL_SPC_BT709;

    private final int rows;
    private final int columns;
    private final NativeResources resources = new NativeResources();
    private final AVCodecContext encoder;
    private final AVCodecContext decoder;
    private final AVPacket packet;
    private final AVFrame yuv;
    private final AVFrame rgb;
    private final AVFrame decoded;
    private final Scaler scaler;

    /**
     * @param rows of the picture, {@value #LEAST_SIDE} or more
     * @param columns of the picture, {@value #LEAST_SIDE} or more
     * @param quantiser 1 to {@value #MOST_QUANTISER}; six more double what is rounded to
     */
    public H264RoundTrip(int rows, int columns, int quantiser) {
        this.rows = rows;
        this.columns = columns;
        FfmpegLibraries.load();
        int width = VideoEncoder.even(columns);
        int height = VideoEncoder.even(rows);
        try {
            AVCodec codec = avcodec.avcodec_find_encoder_by_name("libopenh264");
            InputException.unless(
                    codec != null && !codec.isNull(),
                    "FFmpeg's encoder for artefacts of H.264",
                    "missing",
                    "a build with libopenh264");
            encoder = resources.add(context(codec), avcodec::avcodec_free_context);
            open(encoder, codec, width, height, quantiser);
            codec = avcodec.avcodec_find_decoder(avcodec.AV_CODEC_ID_H264);
            decoder = resources.add(context(codec), avcodec::avcodec_free_context);
            decoder.thread_count(1);
            Ffmpeg.check(
                    avcodec.avcodec_open2(decoder, codec, (AVDictionary) null),
                    "open a decoder of H.264");
            packet = resources.add(Ffmpeg.packet(), avcodec::av_packet_free);
            decoded = resources.add(Ffmpeg.frame(), avutil::av_frame_free);
            rgb =
                    resources.add(
                            Ffmpeg.frame(width, height, avutil.AV_PIX_FMT_RGB24),
                            avutil::av_frame_free);
            yuv =
                    resources.add(
                            Ffmpeg.frame(width, height, avutil.AV_PIX_FMT_YUV420P),
                            avutil::av_frame_free);
            scaler =
                    resources.add(
                            new Scaler(swscale.SWS_BILINEAR | swscale.SWS_ACCURATE_RND),
                            Scaler::close);
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    private static AVCodecContext context(AVCodec codec) {
        return Ffmpeg.allocated(avcodec.avcodec_alloc_context3(codec), "a codec");
    }

    private static void open(
            AVCodecContext encoder, AVCodec codec, int width, int height, int quantiser) {
        encoder.width(width).height(height).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        encoder.time_base(new AVRational().num(1).den(25));
        encoder.colorspace(MATRIX).color_range(avutil.AVCOL_RANGE_MPEG);
        encoder.gop_size(2).max_b_frames(0).thread_count(1).slices(1);
        encoder.qmin(quantiser).qmax(quantiser).bit_rate(100_000_000);
        AVDictionary options = new AVDictionary(null);
        try {
            avutil.av_dict_set(options, "rc_mode", "quality", 0);
            avutil.av_dict_set(options, "loopfilter", "1", 0);
            Ffmpeg.check(avcodec.avcodec_open2(encoder, codec, options), "open libopenh264");
        } finally {
            avutil.av_dict_free(options);
        }
    }

    /**
     * Encodes and decodes, in place.
     *
     * @param picture triples (rows, columns, 3)
     * @param across pixels by which the picture before it is moved to the left
     * @param down pixels by which the picture before it is moved up
     */
    public void apply(byte[] picture, int across, int down) {
        encode(picture, across, down, 0);
        encode(picture, 0, 0, 1);
        Ffmpeg.check(avcodec.avcodec_send_packet(decoder, null), "decode H.264 to its end");
        decode();
        decoded.colorspace(MATRIX);
        scaler.convert(decoded, rgb, PictureFormat.rgb(rgb.width(), rgb.height()));
        for (int y = 0; y < rows; y++) {
            rgb.data(0)
                    .position((long) y * rgb.linesize(0))
                    .get(picture, CHANNELS * y * columns, CHANNELS * columns);
        }
    }

    private void encode(byte[] picture, int across, int down, int number) {
        fill(picture, across, down);
        Ffmpeg.check(avutil.av_frame_make_writable(yuv), "encode a picture");
        scaler.convert(
                rgb,
                yuv,
                new PictureFormat(
                        yuv.width(), yuv.height(), avutil.AV_PIX_FMT_YUV420P, MATRIX, false));
        yuv.pts(number);
        Ffmpeg.check(avcodec.avcodec_send_frame(encoder, yuv), "encode a picture");
        Ffmpeg.check(avcodec.avcodec_receive_packet(encoder, packet), "encode a picture");
        Ffmpeg.check(avcodec.avcodec_send_packet(decoder, packet), "decode a picture");
        avcodec.av_packet_unref(packet);
        decode();
    }

    /** The picture, moved, with its border repeated as far as even sides need it. */
    private void fill(byte[] picture, int across, int down) {
        byte[] row = new byte[CHANNELS * rgb.width()];
        for (int y = 0; y < rgb.height(); y++) {
            int from = CHANNELS * columns * clamp(y + down, rows);
            for (int x = 0; x < rgb.width(); x++) {
                int at = from + CHANNELS * clamp(x + across, columns);
                System.arraycopy(picture, at, row, CHANNELS * x, CHANNELS);
            }
            rgb.data(0).position((long) y * rgb.linesize(0)).put(row);
        }
    }

    private static int clamp(int place, int length) {
        return Math.min(Math.max(place, 0), length - 1);
    }

    /** Takes what there is: the last picture stays. */
    private void decode() {
        AVFrame next = Ffmpeg.frame();
        try {
            while (avcodec.avcodec_receive_frame(decoder, next) >= 0) {
                avutil.av_frame_unref(decoded);
                avutil.av_frame_move_ref(decoded, next);
            }
        } finally {
            avutil.av_frame_free(next);
        }
    }

    @Override
    public void close() {
        resources.close();
    }
}
