// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.frame.Rational;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.Muxer;
import io.stdcseg.video.NativeResources;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVSubtitle;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** Conversion of text subtitles from one codec to another: decodes and encodes packets. */
final class SubtitleConverter implements AutoCloseable {

    /** MP4 counts the bytes of a text by 16 bits; its styles come on top. */
    private static final int MAX_BYTES = 1 << 18;

    private final NativeResources resources = new NativeResources();
    private final AVCodecContext decoder;
    private final AVCodecContext encoder;
    private final AVSubtitle subtitle;
    private final BytePointer text;

    /**
     * @param target FFmpeg's number of the codec that they get
     */
    SubtitleConverter(AVStream source, int target) {
        try {
            this.decoder =
                    resources.add(
                            Track.openDecoder(source, "read subtitles"),
                            avcodec::avcodec_free_context);
            AVCodec codec = avcodec.avcodec_find_encoder(target);
            this.encoder =
                    resources.add(
                            Ffmpeg.allocated(avcodec.avcodec_alloc_context3(codec), "subtitles"),
                            avcodec::avcodec_free_context);
            encoder.time_base(source.time_base());
            copyStyles();
            Ffmpeg.check(
                    avcodec.avcodec_open2(encoder, (AVCodec) null, (AVDictionary) null),
                    "write subtitles");
            this.subtitle = resources.add(new AVSubtitle(), AVSubtitle::deallocate);
            this.text = resources.add(new BytePointer(MAX_BYTES), BytePointer::deallocate);
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    /** The encoder takes its fonts from the header that the decoder made; it frees its copy. */
    private void copyStyles() {
        int size = decoder.subtitle_header_size();
        BytePointer copy =
                new BytePointer(Ffmpeg.allocated(avutil.av_mallocz(size + 1L), "subtitles"));
        if (size > 0) {
            copy.put(decoder.subtitle_header().limit(size));
        }
        encoder.subtitle_header(copy).subtitle_header_size(size);
    }

    /** Adds the stream that the packets will belong to. */
    AVStream addStream(Muxer output, Rational timeBase) {
        return output.addStream(encoder, timeBase);
    }

    /** Replaces the content of a packet; false if it is damaged or says nothing. */
    boolean convert(AVPacket packet) {
        int[] found = new int[1];
        if (avcodec.avcodec_decode_subtitle2(decoder, subtitle, found, packet) < 0
                || found[0] == 0) {
            return false;
        }
        int bytes;
        try {
            bytes =
                    subtitle.num_rects() == 0
                            ? 0
                            : avcodec.avcodec_encode_subtitle(encoder, text, MAX_BYTES, subtitle);
        } finally {
            avcodec.avsubtitle_free(subtitle);
        }
        if (bytes <= 0) {
            return false;
        }
        long pts = packet.pts();
        long duration = packet.duration();
        avcodec.av_packet_unref(packet);
        Ffmpeg.check(avcodec.av_new_packet(packet, bytes), "write subtitles");
        packet.data().limit(bytes).put(text.limit(bytes));
        text.limit(MAX_BYTES);
        packet.pts(pts).dts(pts).duration(duration).flags(avcodec.AV_PKT_FLAG_KEY);
        return true;
    }

    @Override
    public void close() {
        resources.close();
    }
}
