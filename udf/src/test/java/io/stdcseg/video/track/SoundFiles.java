// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.video.Demuxer;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegLibraries;
import io.stdcseg.video.FfmpegTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/** Sound files made up on the spot, and what is heard of a file. */
public final class SoundFiles {

    private static final int MILLIS = 1000;

    private SoundFiles() {}

    /** Writes uncompressed sound of one channel, 440 Hz. */
    public static Path wav(Path file, int rate, double seconds) {
        int count = (int) Math.round(rate * seconds);
        byte[] samples = new byte[2 * count];
        for (int i = 0; i < count; i++) {
            short value = sample(i / (double) rate);
            samples[2 * i] = (byte) value;
            samples[2 * i + 1] = (byte) (value >> 8);
        }
        AudioFormat format = new AudioFormat(rate, 16, 1, true, false);
        try (AudioInputStream in =
                new AudioInputStream(new ByteArrayInputStream(samples), format, count)) {
            AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** The tone at that time. */
    static short sample(double second) {
        return (short) (10_000 * Math.sin(2 * Math.PI * 440 * second));
    }

    /**
     * Writes a 440 Hz tone, uncompressed, in pieces.
     *
     * @param pieceSeconds length of each piece
     * @param begins times in seconds that the file gives them
     */
    static Path pieces(Path file, int rate, double pieceSeconds, double... begins) {
        AVCodecParameters pcm = avcodec.avcodec_parameters_alloc();
        pcm.codec_type(avutil.AVMEDIA_TYPE_AUDIO).codec_id(avcodec.AV_CODEC_ID_PCM_S16LE);
        pcm.sample_rate(rate).format(avutil.AV_SAMPLE_FMT_S16).bits_per_coded_sample(16);
        avutil.av_channel_layout_default(pcm.ch_layout(), 1);
        AVPacket packet = Ffmpeg.packet();
        try (Output output = new Output(file, pcm)) {
            int count = (int) Math.round(pieceSeconds * rate);
            for (int piece = 0; piece < begins.length; piece++) {
                avcodec.av_new_packet(packet, 2 * count);
                for (int i = 0; i < count; i++) {
                    short value = sample((piece * count + i) / (double) rate);
                    packet.data().putShort(2L * i, value);
                }
                packet.duration(Math.round(pieceSeconds * MILLIS));
                output.write(packet, Math.round(begins[piece] * MILLIS));
            }
        } finally {
            avcodec.av_packet_free(packet);
            avcodec.avcodec_parameters_free(pcm);
        }
        return file;
    }

    /** Copies the sound of a file, each time of it multiplied. */
    static Path stretched(Path source, Path file, double factor) {
        AVPacket packet = Ffmpeg.packet();
        try (Demuxer demuxer = Demuxer.open(source)) {
            int sound = demuxer.streams() - 1;
            double tick = FfmpegTypes.rational(demuxer.stream(sound).time_base(), null).value();
            try (Output output = new Output(file, demuxer.stream(sound).codecpar())) {
                while (demuxer.read(packet)) {
                    if (packet.stream_index() == sound) {
                        packet.duration(Math.round(packet.duration() * tick * MILLIS));
                        output.write(packet, Math.round(packet.pts() * tick * factor * MILLIS));
                    }
                    avcodec.av_packet_unref(packet);
                }
            }
        } finally {
            avcodec.av_packet_free(packet);
        }
        return file;
    }

    /**
     * Decodes the sound of a file's last stream.
     *
     * @return samples of the first channel from time 0 on
     */
    static float[] heard(Path file) {
        AVPacket packet = Ffmpeg.packet();
        AVFrame frame = Ffmpeg.frame();
        AVCodecContext decoder = null;
        float[] heard = new float[0];
        try (Demuxer demuxer = Demuxer.open(file)) {
            AVStream stream = demuxer.stream(demuxer.streams() - 1);
            AVCodec codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
            decoder = avcodec.avcodec_alloc_context3(codec);
            avcodec.avcodec_parameters_to_context(decoder, stream.codecpar());
            decoder.pkt_timebase(stream.time_base());
            Ffmpeg.check(avcodec.avcodec_open2(decoder, codec, (AVDictionary) null), "decode");
            double tick = FfmpegTypes.rational(stream.time_base(), null).value();
            boolean more = true;
            while (more) {
                more = demuxer.read(packet);
                if (more && packet.stream_index() != stream.index()) {
                    avcodec.av_packet_unref(packet);
                    continue;
                }
                avcodec.avcodec_send_packet(decoder, more ? packet : null);
                avcodec.av_packet_unref(packet);
                while (avcodec.avcodec_receive_frame(decoder, frame) >= 0) {
                    int begin = (int) Math.round(frame.pts() * tick * frame.sample_rate());
                    float[] samples = new float[frame.nb_samples()];
                    new FloatPointer(frame.data(0)).get(samples);
                    int unheard = Math.min(samples.length, Math.max(0, -begin));
                    int length = samples.length - unheard;
                    heard = Arrays.copyOf(heard, Math.max(heard.length, begin + samples.length));
                    System.arraycopy(samples, unheard, heard, begin + unheard, length);
                }
            }
            return heard;
        } finally {
            avcodec.avcodec_free_context(decoder);
            avutil.av_frame_free(frame);
            avcodec.av_packet_free(packet);
        }
    }

    /** A Matroska file with one stream, whose times are milliseconds. */
    private static final class Output implements AutoCloseable {

        private final AVFormatContext context = new AVFormatContext(null);

        Output(Path file, AVCodecParameters parameters) {
            FfmpegLibraries.load();
            avformat.avformat_alloc_output_context2(context, null, "matroska", null);
            AVStream stream = avformat.avformat_new_stream(context, null);
            avcodec.avcodec_parameters_copy(stream.codecpar(), parameters);
            stream.codecpar().codec_tag(0);
            stream.time_base(avutil.av_make_q(1, MILLIS));
            AVIOContext io = new AVIOContext(null);
            try (BytePointer url = FfmpegTypes.url(file)) {
                Ffmpeg.check(avformat.avio_open(io, url, avformat.AVIO_FLAG_WRITE), "write");
            }
            context.pb(io);
            Ffmpeg.check(avformat.avformat_write_header(context, (AVDictionary) null), "write");
        }

        void write(AVPacket packet, long millis) {
            packet.stream_index(0);
            packet.pts(millis).dts(millis).pos(-1);
            Ffmpeg.check(avformat.av_interleaved_write_frame(context, packet), "write");
        }

        @Override
        public void close() {
            avformat.av_write_trailer(context);
            avformat.avio_close(context.pb());
            avformat.avformat_free_context(context);
        }
    }
}
