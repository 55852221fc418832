// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegLibraries;
import io.stdcseg.video.FfmpegTypes;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the encoder for a stream's size: H.264 that plays everywhere, VP9 for sizes that the H.264
 * encoder at hand refuses.
 *
 * <p>FFmpeg's build under the GPL has libx264, which takes all sizes up to 16,384 pixels a side.
 * The other one has libopenh264, which takes none below 16 pixels a side or above 36,864
 * macroblocks.
 */
final class VideoEncoders {

    private static final Logger LOG = LoggerFactory.getLogger(VideoEncoders.class);

    private static final int LONGEST_GROUP = 600;
    private static final int LEAST_OPENH264_SIDE = 16;

    private VideoEncoders() {}

    /** An open encoder; the caller frees it. Its times are ticks of the stream's time base. */
    static AVCodecContext open(StreamInfo info, EncoderOptions options) {
        FfmpegLibraries.load();
        AVCodecContext codec = openX264(info, options);
        if (codec == null) {
            codec = openOpenH264(info, options);
        }
        if (codec == null) {
            codec = openVp9(info, options);
        }
        if (codec != null) {
            return codec;
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
    private static AVCodecContext openX264(StreamInfo info, EncoderOptions options) {
        AVDictionary x264 = new AVDictionary(null);
        avutil.av_dict_set(x264, "preset", "ultrafast", 0);
        // Packets come at once; threads share a picture's slices instead of several pictures.
        avutil.av_dict_set(x264, "tune", "zerolatency", 0);
        avutil.av_dict_set(x264, "thread_type", "slice", 0);
        // A constant quantiser, as below. The preset alone saves too much: deblocking, 8x8
        // transforms and motion by fractions of a pixel cost a quarter more, and make real videos
        // smaller and closer to their pictures than libopenh264 does, in a third of its time.
        avutil.av_dict_set(x264, "qp", "27", 0);
        avutil.av_dict_set(x264, "x264-params", "no-deblock=0:8x8dct=1:subme=1", 0);
        return tryOpen("libx264", info, options, x264);
    }

    private static AVCodecContext openOpenH264(StreamInfo info, EncoderOptions options) {
        if (Math.min(even(info.width()), even(info.height())) < LEAST_OPENH264_SIDE) {
            // The encoder would open, and fail at the first picture.
            return null;
        }
        // A constant quantiser: quality does not depend on where a segment starts, and no
        // controller has to find its feet in each of them. Encoding competes with the network for
        // the cores: without arithmetic coding and deblocking it takes a fifth less time (12.4
        // instead of 15.5 ms for 720p), for 16 % more bytes and a SSIM of 0.970 instead of 0.974.
        AVDictionary openH264 = new AVDictionary(null);
        avutil.av_dict_set(openH264, "rc_mode", "off", 0);
        avutil.av_dict_set(openH264, "coder", "cavlc", 0);
        avutil.av_dict_set(openH264, "loopfilter", "0", 0);
        return tryOpen("libopenh264", info, options, openH264);
    }

    private static AVCodecContext openVp9(StreamInfo info, EncoderOptions options) {
        AVDictionary vp9 = new AVDictionary(null);
        avutil.av_dict_set(vp9, "deadline", "realtime", 0);
        avutil.av_dict_set(vp9, "cpu-used", "8", 0);
        avutil.av_dict_set(vp9, "row-mt", "1", 0);
        avutil.av_dict_set(vp9, "crf", "28", 0);
        avutil.av_dict_set(vp9, "b", "0", 0);
        avutil.av_dict_set(vp9, "lag-in-frames", "0", 0);
        avutil.av_dict_set(vp9, "auto-alt-ref", "0", 0);
        AVCodecContext codec = tryOpen("libvpx-vp9", info, options, vp9);
        if (codec != null) {
            LOG.debug("{}: {}x{} is written as VP9", info.name(), info.width(), info.height());
        }
        return codec;
    }

    private static AVCodecContext tryOpen(
            String name, StreamInfo info, EncoderOptions options, AVDictionary settings) {
        AVCodecContext codec = null;
        try {
            AVCodec encoder = avcodec.avcodec_find_encoder_by_name(name);
            if (encoder == null || encoder.isNull()) {
                return null;
            }
            codec = Ffmpeg.allocated(avcodec.avcodec_alloc_context3(encoder), "an encoder");
            configure(codec, info, options);
            if (avcodec.avcodec_open2(codec, encoder, settings) >= 0) {
                AVCodecContext opened = codec;
                codec = null;
                return opened;
            }
            return null;
        } finally {
            if (codec != null) {
                avcodec.avcodec_free_context(codec);
            }
            avutil.av_dict_free(settings);
        }
    }

    private static void configure(AVCodecContext codec, StreamInfo info, EncoderOptions options) {
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
        double group = options.keyFrameSeconds() * info.frameRate().value();
        codec.gop_size((int) Math.max(1, Math.min(LONGEST_GROUP, Math.round(group))));
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
