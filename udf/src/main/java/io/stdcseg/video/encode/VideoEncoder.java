// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.VideoCodec;
import io.stdcseg.video.encode.SegmentEncoder.Options;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Encoders of video segments; those of a codec in the order in which they are tried, the fastest
 * first. All have a constant quantiser: quality does not depend on where a segment starts, and no
 * controller has to find its feet in each of them. None reorders pictures. How they were set is
 * measured in BENCHMARKS.md.
 *
 * <p>FFmpeg's build under the GPL has libx264, which takes all sizes up to 16,384 pixels a side,
 * and libx265. The other one has libopenh264, which takes none below 16 pixels a side or above
 * 36,864 macroblocks.
 */
enum VideoEncoder {

    /** Costs the processor nothing, but a GPU of NVIDIA with such a unit has to be there. */
    NVENC_H264(VideoCodec.H264, "h264_nvenc", Nvenc.OPTIONS),

    /**
     * The preset alone saves too much: deblocking, arithmetic coding, 8x8 transforms and motion by
     * fractions of a pixel cost a half more, and make real videos smaller and closer to their
     * pictures than libopenh264 does, in less than half of its time. Packets come at once; threads
     * share a picture's slices instead of several pictures.
     */
    X264(
            VideoCodec.H264,
            "libx264",
            new EncoderSettings("preset=ultrafast", "tune=zerolatency", "thread_type=slice")
                    .quantiser(q -> Quality.logarithmic(q, 27, 0.4, 1, 51), "qp=")) {
        @Override
        List<String> further(Options options) {
            return List.of("x264-params=" + options.effort().x264Parameters());
        }
    },

    /**
     * Encoding competes with the network for the cores: without arithmetic coding and deblocking it
     * takes a fifth less time (12.4 instead of 15.5 ms for 720p), for 16 % more bytes and a SSIM of
     * 0.970 instead of 0.974. Below 16 pixels a side the encoder would open, and fail at the first
     * picture. The bit rate only has to be there.
     */
    OPENH264(
            VideoCodec.H264,
            "libopenh264",
            new EncoderSettings("rc_mode=quality", "b=100M", "coder=cavlc", "loopfilter=0")
                    .minSide(16)
                    .quantiser(q -> Quality.logarithmic(q, 26, 0.4, 1, 51), "qmin=", "qmax=")),

    NVENC_HEVC(VideoCodec.HEVC, "hevc_nvenc", Nvenc.OPTIONS),

    X265(
            VideoCodec.HEVC,
            "libx265",
            new EncoderSettings("preset=ultrafast", "tune=zerolatency", "forced-idr=1")
                    .minSide(16)
                    .quantiser(q -> Quality.logarithmic(q, 27, 0.4, 1, 51), "qp=")) {
        @Override
        List<String> further(Options options) {
            return List.of(
                    "x265-params=log-level=none:info=0:frame-threads=1:pools=" + options.threads());
        }
    },

    NVENC_AV1(VideoCodec.AV1, "av1_nvenc", Nvenc.OPTIONS),

    /** With more threads than one it takes half as much time again of all of them. */
    SVT_AV1(
            VideoCodec.AV1,
            "libsvtav1",
            new EncoderSettings("preset=12", "svtav1-params=lp=1:rtc=1:pred-struct=1")
                    .minSide(64)
                    .quantiser(q -> Quality.logarithmic(q, 35, 0.55, 1, 63), "crf=")),

    VP9(
            VideoCodec.VP9,
            "libvpx-vp9",
            new EncoderSettings(
                            "deadline=realtime",
                            "cpu-used=8",
                            "row-mt=1",
                            "b=0",
                            "lag-in-frames=0",
                            "auto-alt-ref=0")
                    .quantiser(q -> Quality.logarithmic(q, 35, 0.55, 0, 63), "crf=")),

    /**
     * Its threads wait for each other by spinning: on a busy machine two take ten times as long.
     */
    VP8(
            VideoCodec.VP8,
            "libvpx",
            new EncoderSettings(
                            "deadline=realtime",
                            "cpu-used=16",
                            "b=100M",
                            "lag-in-frames=0",
                            "auto-alt-ref=0")
                    .maxThreads(1)
                    .quantiser(q -> Quality.logarithmic(q, 28, 0.65, 0, 63), "qmin=", "qmax=")),

    /** So fast that a second thread costs more than it brings. */
    MPEG4(
            VideoCodec.MPEG4,
            "mpeg4",
            new EncoderSettings("flags=+qscale")
                    .maxThreads(1)
                    .quantiser(
                            q -> avutil.FF_QP2LAMBDA * Quality.linear(q, 5, 1, 31),
                            "global_quality="));

    private static final int MAX_GOP = 600;

    /** MPEG-4's pictures count the ticks of a second by 16 bits. */
    private static final int MPEG4_TICKS = 0xffff;

    private final VideoCodec codec;
    private final String name;
    private final EncoderSettings settings;

    /**
     * @param name FFmpeg's
     */
    VideoEncoder(VideoCodec codec, String name, EncoderSettings settings) {
        this.codec = codec;
        this.name = name;
        this.settings = settings;
    }

    VideoCodec codec() {
        return codec;
    }

    /** Whether it needs a device that a machine may lack. */
    boolean needsDevice() {
        return settings == Nvenc.OPTIONS;
    }

    /** FFmpeg's options besides the fixed ones, each a name and a value. */
    List<String> further(Options options) {
        return List.of();
    }

    /**
     * Opens the encoder; the caller frees it. The times of its packets are those of the pictures.
     *
     * @return null where FFmpeg was built without it, or it refuses the size
     */
    AVCodecContext tryOpen(StreamInfo info, Options options) {
        AVCodec encoder = avcodec.avcodec_find_encoder_by_name(name);
        int shortSide = Math.min(even(info.width()), even(info.height()));
        if (encoder == null || encoder.isNull() || shortSide < settings.minSide()) {
            return null;
        }
        AVDictionary dictionary = new AVDictionary(null);
        AVCodecContext context = null;
        boolean opened = false;
        try {
            List<String> all = new ArrayList<>(settings.options());
            all.addAll(settings.quantisers(options.format().quality()));
            all.addAll(further(options));
            for (String option : all) {
                String[] pair = option.split("=", 2);
                avutil.av_dict_set(dictionary, pair[0], pair[1], 0);
            }
            context = Ffmpeg.allocated(avcodec.avcodec_alloc_context3(encoder), "an encoder");
            configure(context, info, options);
            opened = avcodec.avcodec_open2(context, encoder, dictionary) >= 0;
            if (opened && avutil.av_dict_count(dictionary) > 0) {
                opened = false;
                throw new IllegalStateException(
                        name
                                + " has no option "
                                + avutil.av_dict_iterate(dictionary, null).key().getString());
            }
            return opened ? context : null;
        } finally {
            if (context != null && !opened) {
                avcodec.avcodec_free_context(context);
            }
            avutil.av_dict_free(dictionary);
        }
    }

    private void configure(AVCodecContext context, StreamInfo info, Options options) {
        ColorMetadata color = info.color();
        int threads = Math.min(options.threads(), settings.maxThreads());
        context.width(even(info.width()));
        context.height(even(info.height()));
        context.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        context.time_base(FfmpegTypes.rational(timeBase(info)));
        context.framerate(FfmpegTypes.rational(info.frameRate()));
        context.sample_aspect_ratio(FfmpegTypes.rational(info.pixelAspect()));
        context.color_primaries(color.primaries());
        context.color_trc(color.transfer());
        context.colorspace(color.matrix());
        context.color_range(color.fullRange() ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
        double gop = options.keyFrameSeconds() * info.frameRate().value();
        context.gop_size((int) Math.max(1, Math.min(MAX_GOP, Math.round(gop))));
        context.max_b_frames(0);
        context.thread_count(threads);
        context.slices(threads);
        // Containers keep parameter sets in their header.
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }

    /** Whether pictures are numbered for the encoder, whose ticks cannot be the stream's. */
    boolean numbersPictures() {
        return this == MPEG4;
    }

    private Rational timeBase(StreamInfo info) {
        if (!numbersPictures()) {
            return info.timeBase();
        }
        Rational rate = info.frameRate();
        return rate.numerator() <= MPEG4_TICKS
                ? new Rational(rate.denominator(), rate.numerator())
                : new Rational(
                        1, (int) Math.max(1, Math.min(MPEG4_TICKS, Math.round(rate.value()))));
    }

    /** 4:2:0 pictures have even sides; an odd one grows by a repeated row or column. */
    static int even(int size) {
        return size + (size & 1);
    }

    /** What the encoders of NVIDIA's GPUs have in common. */
    private static final class Nvenc {

        static final EncoderSettings OPTIONS =
                new EncoderSettings(
                                "preset=p4",
                                "rc=constqp",
                                "delay=0",
                                "zerolatency=1",
                                "forced-idr=1")
                        .quantiser(q -> Quality.logarithmic(q, 27, 0.4, 1, 51), "qp=");
    }
}
