// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.frame.Rational;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.Ffmpeg.FfmpegException;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.Muxer;
import io.stdcseg.video.track.TrackSource.TimeWindow;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Track of sound or subtitles on its way from a source into a file, in step with its video. */
abstract class Track implements AutoCloseable {

    private final TimeWindow window;
    private final Muxer output;
    private final Rational timeBase;

    Track(AVStream source, TimeWindow window, Muxer output) {
        this.window = window;
        this.output = output;
        this.timeBase = FfmpegTypes.rational(source.time_base(), new Rational(1, 1));
    }

    /** The stream in the output. */
    abstract AVStream stream();

    /** Takes the next packet of the source; what lies outside of the window is left out. */
    abstract void write(AVPacket packet);

    /** Writes what is still held back; nothing, where packets are passed on at once. */
    void finish() {}

    /** Frees native memory; the stream is the output's. */
    @Override
    public void close() {}

    /**
     * Source time in seconds at which a packet begins; a packet without a time goes with its
     * neighbours: negative infinity.
     */
    double begin(AVPacket packet) {
        long dts = dts(packet);
        return dts == avutil.AV_NOPTS_VALUE ? Double.NEGATIVE_INFINITY : seconds(dts);
    }

    /** Whether some of a packet lies in the window. */
    final boolean isInWindow(AVPacket packet) {
        return window.overlaps(begin(packet), seconds(packet.duration()));
    }

    /** When a packet is decoded, in ticks, or the best guess. */
    static long dts(AVPacket packet) {
        return packet.dts() != avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
    }

    /** Part of the source that goes along with the video. */
    final TimeWindow window() {
        return window;
    }

    /** Time base of the source's packets. */
    final Rational timeBase() {
        return timeBase;
    }

    final double seconds(long ticks) {
        return ticks * timeBase.value();
    }

    /** The nearest tick. */
    final long ticks(double seconds) {
        return Math.round(seconds / timeBase.value());
    }

    /** Writes a packet that is shown or heard when it is decoded, at a tick of the output. */
    final void writeAt(long tick, AVPacket packet) {
        if (tick < 0 && !output.container().hasTimeBeforeZero()) {
            return;
        }
        packet.pts(tick).dts(tick);
        output.write(packet, stream().index(), timeBase);
    }

    /**
     * Opens a decoder of a stream; the caller frees it.
     *
     * @param what it is needed for, as errors say it
     */
    static AVCodecContext openDecoder(AVStream source, String what) {
        AVCodec codec = avcodec.avcodec_find_decoder(source.codecpar().codec_id());
        if (codec == null || codec.isNull()) {
            throw new FfmpegException(
                    "no decoder for "
                            + avcodec.avcodec_get_name(source.codecpar().codec_id()).getString());
        }
        AVCodecContext decoder =
                Ffmpeg.allocated(avcodec.avcodec_alloc_context3(codec), "a decoder");
        try {
            Ffmpeg.check(avcodec.avcodec_parameters_to_context(decoder, source.codecpar()), what);
            decoder.pkt_timebase(source.time_base());
            Ffmpeg.check(avcodec.avcodec_open2(decoder, codec, (AVDictionary) null), what);
            return decoder;
        } catch (RuntimeException | Error e) {
            avcodec.avcodec_free_context(decoder);
            throw e;
        }
    }

    /** Track of sound, of which the extent is known, too. */
    interface AudioTrack {

        /** Of the sound that came so far, whether it was left out or not. */
        AudioExtent extent();
    }
}
