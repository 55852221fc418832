// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.frame.Rational;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVAudioFifo;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;

/**
 * Encodes sound of any kind as an AAC stream of an MP4. Gaps become silence, so that sound stays
 * with the picture.
 */
final class AacEncoder implements AutoCloseable {

    private static final int USUAL_RATE = 48_000;
    private static final int MOST_CHANNELS = 8;
    private static final int BITS_PER_CHANNEL = 80_000;

    /** Less than a packet of any codec, more than containers round times by. */
    private static final double GAP_SECONDS = 0.015;

    private static final double LONGEST_GAP_SECONDS = 3600;

    private final NativeResources resources = new NativeResources();
    private final AVCodecContext codec;
    private final AVStream stream;
    private final Mp4File output;
    private final Rational timeBase;
    private final AVAudioFifo samples;
    private final AVPacket packet;
    private final SwrContext resampler;
    private long queuedUpTo = Long.MIN_VALUE;
    private long encodedUpTo;

    /**
     * @param source decoder of the sound that will come
     */
    AacEncoder(AVCodecContext source, Mp4File output) {
        this.output = output;
        try {
            this.codec = resources.add(open(source), avcodec::avcodec_free_context);
            this.timeBase = new Rational(1, codec.sample_rate());
            this.packet = resources.add(Ffmpeg.packet(), avcodec::av_packet_free);
            this.resampler =
                    resources.add(
                            Ffmpeg.allocated(swresample.swr_alloc(), "sound"),
                            swresample::swr_free);
            this.samples =
                    resources.add(
                            Ffmpeg.allocated(
                                    avutil.av_audio_fifo_alloc(
                                            codec.sample_fmt(),
                                            codec.ch_layout().nb_channels(),
                                            codec.sample_rate()),
                                    "sound"),
                            avutil::av_audio_fifo_free);
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
            throw new FfmpegException("encode sound: " + Ffmpeg.message(code), code);
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

    /**
     * Takes decoded sound.
     *
     * @param seconds when it begins
     */
    void encode(AVFrame decoded, double seconds) {
        long begin = Math.round(seconds * codec.sample_rate());
        if (queuedUpTo == Long.MIN_VALUE) {
            queuedUpTo = begin;
            encodedUpTo = begin;
        }
        long gap = begin - queuedUpTo;
        if (gap > GAP_SECONDS * codec.sample_rate()
                && gap < LONGEST_GAP_SECONDS * codec.sample_rate()) {
            queueSilence(gap);
        }
        if (decoded.ch_layout().order() == avutil.AV_CHANNEL_ORDER_UNSPEC) {
            avutil.av_channel_layout_default(
                    decoded.ch_layout(), decoded.ch_layout().nb_channels());
        }
        resample(decoded);
        encodeQueued(false);
    }

    /** Encodes what is queued and ends the stream. */
    void finish() {
        if (queuedUpTo == Long.MIN_VALUE) {
            return;
        }
        if (swresample.swr_is_initialized(resampler) != 0) {
            resample(null);
        }
        encodeQueued(true);
        avcodec.avcodec_send_frame(codec, null);
        writeReadyPackets();
    }

    private void resample(AVFrame decoded) {
        AVFrame converted = emptyFrame(0);
        try {
            int code = swresample.swr_convert_frame(resampler, converted, decoded);
            if (code == avutil.AVERROR_INPUT_CHANGED || code == changedBoth()) {
                swresample.swr_close(resampler);
                code = swresample.swr_convert_frame(resampler, converted, decoded);
            }
            Ffmpeg.check(code, "convert sound");
            queue(converted);
        } finally {
            avutil.av_frame_free(converted);
        }
    }

    private static int changedBoth() {
        return avutil.AVERROR_INPUT_CHANGED | avutil.AVERROR_OUTPUT_CHANGED;
    }

    private void queueSilence(long gap) {
        long left = gap;
        while (left > 0) {
            AVFrame silence = emptyFrame((int) Math.min(left, codec.sample_rate()));
            try {
                avutil.av_samples_set_silence(
                        silence.extended_data(),
                        0,
                        silence.nb_samples(),
                        codec.ch_layout().nb_channels(),
                        codec.sample_fmt());
                queue(silence);
                left -= silence.nb_samples();
            } finally {
                avutil.av_frame_free(silence);
            }
        }
    }

    private void queue(AVFrame frame) {
        if (frame.nb_samples() > 0) {
            Ffmpeg.check(
                    avutil.av_audio_fifo_write(samples, frame.extended_data(), frame.nb_samples()),
                    "queue sound");
            queuedUpTo += frame.nb_samples();
        }
    }

    private void encodeQueued(boolean last) {
        int queued;
        while ((queued = avutil.av_audio_fifo_size(samples)) >= codec.frame_size()
                || (last && queued > 0)) {
            AVFrame frame = emptyFrame(Math.min(queued, codec.frame_size()));
            try {
                avutil.av_audio_fifo_read(samples, frame.extended_data(), frame.nb_samples());
                frame.pts(encodedUpTo);
                encodedUpTo += frame.nb_samples();
                Ffmpeg.check(avcodec.avcodec_send_frame(codec, frame), "encode sound");
            } finally {
                avutil.av_frame_free(frame);
            }
            writeReadyPackets();
        }
    }

    private void writeReadyPackets() {
        while (avcodec.avcodec_receive_packet(codec, packet) >= 0) {
            output.write(packet, stream.index(), timeBase);
        }
    }

    /** Sound in the encoder's format; with memory if it has samples. */
    private AVFrame emptyFrame(int count) {
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

    @Override
    public void close() {
        resources.close();
    }
}
