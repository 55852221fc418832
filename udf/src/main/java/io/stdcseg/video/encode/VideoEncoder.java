// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegLibraries;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.encode.SegmentEncoder.Options;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encoders of video segments, in the order they are tried: H.264 that plays everywhere, VP9 for
 * sizes that the H.264 encoder at hand refuses. Another codec is another constant.
 *
 * <p>FFmpeg's build under the GPL has libx264, which takes all sizes up to 16,384 pixels a side.
 * The other one has libopenh264, which takes none below 16 pixels a side or above 36,864
 * macroblocks.
 */
enum VideoEncoder {

    /**
     * A constant quantiser, as of libopenh264. The preset alone saves too much: deblocking, 8x8
     * transforms and motion by fractions of a pixel cost a quarter more, and make real videos
     * smaller and closer to their pictures than libopenh264 does, in a third of its time.
     */
    X264(
            "libx264",
            1,
            "preset=ultrafast",
            // Packets come at once; threads share a picture's slices instead of several pictures.
            "tune=zerolatency",
            "thread_type=slice",
            "qp=27",
            "x264-params=no-deblock=0:8x8dct=1:subme=1"),

    /**
     * A constant quantiser: quality does not depend on where a segment starts, and no controller
     * has to find its feet in each of them. Encoding competes with the network for the cores:
     * without arithmetic coding and deblocking it takes a fifth less time (12.4 instead of 15.5 ms
     * for 720p), for 16 % more bytes and a SSIM of 0.970 instead of 0.974. Below 16 pixels a side
     * the encoder would open, and fail at the first picture.
     */
    OPENH264("libopenh264", 16, "rc_mode=off", "coder=cavlc", "loopfilter=0"),

    VP9(
            "libvpx-vp9",
            1,
            "deadline=realtime",
            "cpu-used=8",
            "row-mt=1",
            "crf=28",
            "b=0",
            "lag-in-frames=0",
            "auto-alt-ref=0");

    private static final Logger LOG = LoggerFactory.getLogger(VideoEncoder.class);

    private static final int MAX_GOP = 600;

    private final String name;
    private final int minSide;
    private final String[] options;

    /**
     * @param name FFmpeg's
     * @param minSide least width and height that it takes
     * @param options FFmpeg's for the encoder, each a name and a value
     */
    VideoEncoder(String name, int minSide, String... options) {
        this.name = name;
        this.minSide = minSide;
        this.options = options;
    }

    /**
     * Opens the first encoder that takes the stream's size; the caller frees it. Its times are
     * ticks of the stream's time base.
     */
    static AVCodecContext open(StreamInfo info, Options options) {
        FfmpegLibraries.load();
        for (VideoEncoder encoder : values()) {
            AVCodecContext codec = encoder.tryOpen(info, options);
            if (codec != null) {
                if (encoder == VP9) {
                    LOG.debug(
                            "{}: {}x{} is written as VP9",
                            info.name(),
                            info.width(),
                            info.height());
                }
                return codec;
            }
        }
        throw new InputException(
                "video of stream "
                        + info.name()
                        + " cannot be written: neither the H.264 nor the VP9 encoder takes "
                        + info.width()
                        + "x"
                        + info.height());
    }

    /** Null where FFmpeg was built without it, or it refuses the size. */
    private AVCodecContext tryOpen(StreamInfo info, Options settings) {
        AVCodec encoder = avcodec.avcodec_find_encoder_by_name(name);
        if (encoder == null
                || encoder.isNull()
                || Math.min(even(info.width()), even(info.height())) < minSide) {
            return null;
        }
        AVDictionary dictionary = new AVDictionary(null);
        AVCodecContext codec = null;
        boolean opened = false;
        try {
            for (String option : options) {
                String[] pair = option.split("=", 2);
                avutil.av_dict_set(dictionary, pair[0], pair[1], 0);
            }
            codec = Ffmpeg.allocated(avcodec.avcodec_alloc_context3(encoder), "an encoder");
            configure(codec, info, settings);
            opened = avcodec.avcodec_open2(codec, encoder, dictionary) >= 0;
            return opened ? codec : null;
        } finally {
            if (codec != null && !opened) {
                avcodec.avcodec_free_context(codec);
            }
            avutil.av_dict_free(dictionary);
        }
    }

    private static void configure(AVCodecContext codec, StreamInfo info, Options options) {
        ColorMetadata color = info.color();
        codec.width(even(info.width()));
        codec.height(even(info.height()));
        codec.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        codec.time_base(FfmpegTypes.rational(info.timeBase()));
        codec.framerate(FfmpegTypes.rational(info.frameRate()));
        codec.sample_aspect_ratio(FfmpegTypes.rational(info.pixelAspect()));
        codec.color_primaries(color.primaries());
        codec.color_trc(color.transfer());
        codec.colorspace(color.matrix());
        codec.color_range(color.fullRange() ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
        double gop = options.keyFrameSeconds() * info.frameRate().value();
        codec.gop_size((int) Math.max(1, Math.min(MAX_GOP, Math.round(gop))));
        codec.max_b_frames(0);
        codec.thread_count(options.threads());
        codec.slices(options.threads());
        // MP4 keeps parameter sets in its header.
        codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }

    /** 4:2:0 pictures have even sides; an odd one grows by a repeated row or column. */
    static int even(int size) {
        return size + (size & 1);
    }
}
