// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.Ffmpeg.FfmpegException;
import io.stdcseg.video.NativeResources;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Encoder of sound for whatever a decoder gives: frames in, packets out. */
final class SoundEncoder implements AutoCloseable {

    private static final int MAX_CHANNELS = 8;
    private static final int BITS_PER_CHANNEL = 80_000;

    private final NativeResources resources = new NativeResources();
    private final AVCodecContext codec;
    private final AVPacket packet;

    /**
     * @param source decoder of the sound that will come
     */
    SoundEncoder(SoundCodec codec, AVCodecContext source) {
        try {
            this.codec = resources.add(open(codec, source), avcodec::avcodec_free_context);
            this.packet = resources.add(Ffmpeg.packet(), avcodec::av_packet_free);
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    private static AVCodecContext open(SoundCodec target, AVCodecContext source) {
        AVCodec encoder = avcodec.avcodec_find_encoder_by_name(target.encoder());
        if (encoder == null || encoder.isNull()) {
            throw new FfmpegException("no encoder " + target.encoder());
        }
        AVCodecContext codec = Ffmpeg.allocated(avcodec.avcodec_alloc_context3(encoder), "sound");
        int channels = source.ch_layout().nb_channels();
        if (channels < 1 || channels > MAX_CHANNELS || channels == 7) {
            channels = 2;
        }
        codec.sample_fmt(target.sampleFormat());
        codec.sample_rate(target.rateFor(source.sample_rate()));
        avutil.av_channel_layout_default(codec.ch_layout(), channels);
        codec.bit_rate((long) channels * BITS_PER_CHANNEL);
        codec.time_base().num(1).den(codec.sample_rate());
        codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        try {
            Ffmpeg.check(
                    avcodec.avcodec_open2(codec, encoder, (AVDictionary) null), "encode sound");
            return codec;
        } catch (RuntimeException | Error e) {
            avcodec.avcodec_free_context(codec);
            throw e;
        }
    }

    AVCodecContext context() {
        return codec;
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
     * Takes sound whose time counts samples; then its packets must be received.
     *
     * @param frame {@link #packetSamples()} long; the last one may be shorter
     */
    void send(AVFrame frame) {
        Ffmpeg.check(avcodec.avcodec_send_frame(codec, frame), "encode sound");
    }

    /** Takes no more sound; what is held back can be received. */
    void flush() {
        avcodec.avcodec_send_frame(codec, null);
    }

    /** The next packet, valid until the next call; null if more sound is needed first. */
    AVPacket receive() {
        return avcodec.avcodec_receive_packet(codec, packet) >= 0 ? packet : null;
    }

    @Override
    public void close() {
        resources.close();
    }
}
