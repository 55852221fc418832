// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.frame.Rational;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.Ffmpeg.FfmpegException;
import io.stdcseg.video.Mp4Muxer;
import io.stdcseg.video.NativeResources;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** An AAC stream of an MP4 and its encoder. */
final class AacEncoder implements AutoCloseable {

    private static final int USUAL_RATE = 48_000;
    private static final int MOST_CHANNELS = 8;
    private static final int BITS_PER_CHANNEL = 80_000;

    private final NativeResources resources = new NativeResources();
    private final AVCodecContext codec;
    private final AVStream stream;
    private final Mp4Muxer output;
    private final Rational timeBase;
    private final AVPacket packet;
    private long begin = Long.MIN_VALUE;

    /**
     * @param source decoder of the sound that will come
     */
    AacEncoder(AVCodecContext source, Mp4Muxer output) {
        this.output = output;
        try {
            this.codec = resources.add(open(source), avcodec::avcodec_free_context);
            this.timeBase = new Rational(1, codec.sample_rate());
            this.packet = resources.add(Ffmpeg.packet(), avcodec::av_packet_free);
            this.stream = addStream();
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    private AVStream addStream() {
        AVCodecParameters parameters = avcodec.avcodec_parameters_alloc();
        try {
            Ffmpeg.check(
                    avcodec.avcodec_parameters_from_context(parameters, codec), "encode sound");
            return output.addStream(parameters, timeBase);
        } finally {
            avcodec.avcodec_parameters_free(parameters);
        }
    }

    private static AVCodecContext open(AVCodecContext source) {
        AVCodec aac = avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_AAC);
        AVCodecContext codec = Ffmpeg.allocated(avcodec.avcodec_alloc_context3(aac), "sound");
        int channels = source.ch_layout().nb_channels();
        int rate = source.sample_rate();
        if (channels < 1 || channels > MOST_CHANNELS || channels == 7) {
            channels = 2;
        }
        codec.sample_fmt(avutil.AV_SAMPLE_FMT_FLTP);
        codec.sample_rate(isAacRate(rate) ? rate : USUAL_RATE);
        avutil.av_channel_layout_default(codec.ch_layout(), channels);
        codec.bit_rate((long) channels * BITS_PER_CHANNEL);
        codec.time_base().num(1).den(codec.sample_rate());
        codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        int code = avcodec.avcodec_open2(codec, aac, (AVDictionary) null);
        if (code < 0) {
            avcodec.avcodec_free_context(codec);
            throw new FfmpegException("encode sound: " + Ffmpeg.message(code));
        }
        return codec;
    }

    private static boolean isAacRate(int rate) {
        return switch (rate) {
            case 96_000,
                    88_200,
                    64_000,
                    48_000,
                    44_100,
                    32_000,
                    24_000,
                    22_050,
                    16_000,
                    12_000,
                    11_025,
                    8_000 ->
                    true;
            default -> false;
        };
    }

    AVStream stream() {
        return stream;
    }

    int sampleRate() {
        return codec.sample_rate();
    }

    /** Samples that a packet holds. */
    int packetSamples() {
        return codec.frame_size();
    }

    int channels() {
        return codec.ch_layout().nb_channels();
    }

    int sampleFormat() {
        return codec.sample_fmt();
    }

    /** Sound in the encoder's format, with memory if it has samples; the caller frees it. */
    AVFrame frame(int count) {
        AVFrame frame = Ffmpeg.frame();
        frame.format(codec.sample_fmt()).sample_rate(codec.sample_rate()).nb_samples(count);
        avutil.av_channel_layout_copy(frame.ch_layout(), codec.ch_layout());
        int code = count == 0 ? 0 : avutil.av_frame_get_buffer(frame, 0);
        if (code < 0) {
            avutil.av_frame_free(frame);
            throw new OutOfMemoryError("FFmpeg cannot allocate sound: " + Ffmpeg.message(code));
        }
        return frame;
    }

    /**
     * Encodes sound whose time counts samples.
     *
     * @param frame {@link #packetSamples()} long; the last one may be shorter
     */
    void encode(AVFrame frame) {
        if (begin == Long.MIN_VALUE) {
            begin = frame.pts();
        }
        Ffmpeg.check(avcodec.avcodec_send_frame(codec, frame), "encode sound");
        writeReadyPackets();
    }

    /** Ends the stream. */
    void finish() {
        avcodec.avcodec_send_frame(codec, null);
        writeReadyPackets();
    }

    private void writeReadyPackets() {
        while (avcodec.avcodec_receive_packet(codec, packet) >= 0) {
            if (isDelay()) {
                avcodec.av_packet_unref(packet);
            } else {
                output.write(packet, stream.index(), timeBase);
            }
        }
    }

    /**
     * Whether the packet lies before the first sample and would be heard. Before zero the edit list
     * hides what an encoder puts in front; elsewhere an MP4 made by FFmpeg cannot say it.
     */
    private boolean isDelay() {
        return begin > 0 && packet.pts() < begin;
    }

    @Override
    public void close() {
        resources.close();
    }
}
