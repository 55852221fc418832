// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** Names of tracks that a container does not carry, for a warning. */
final class DroppedTracks {

    private static final int TIME_CODE = tag("tmcd");
    private static final int CHAPTER_NAMES = tag("text");

    private DroppedTracks() {}

    /** Four characters, the first one lowest, as MOV has them. */
    private static int tag(String name) {
        return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
    }

    /** Whether the track only says what the container says, too: a time code, names of chapters. */
    static boolean isInContainer(AVStream stream) {
        AVCodecParameters parameters = stream.codecpar();
        return parameters.codec_type() == avutil.AVMEDIA_TYPE_DATA
                && (parameters.codec_tag() == TIME_CODE || parameters.codec_tag() == CHAPTER_NAMES);
    }

    /** For example {@code subtitles 3 (dvd_subtitle)} or {@code data track 2 (gpmd)}. */
    static String name(AVStream stream) {
        AVCodecParameters parameters = stream.codecpar();
        boolean cover = (stream.disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0;
        String kind =
                switch (parameters.codec_type()) {
                    case avutil.AVMEDIA_TYPE_VIDEO -> cover ? "cover picture" : "video track";
                    case avutil.AVMEDIA_TYPE_AUDIO -> "audio track";
                    case avutil.AVMEDIA_TYPE_SUBTITLE -> "subtitles";
                    case avutil.AVMEDIA_TYPE_ATTACHMENT -> "attachment";
                    default -> "data track";
                };
        return kind + " " + stream.index() + " (" + codec(parameters) + ")";
    }

    private static String codec(AVCodecParameters parameters) {
        boolean named =
                parameters.codec_id() != avcodec.AV_CODEC_ID_NONE
                        && parameters.codec_id() != avcodec.AV_CODEC_ID_BIN_DATA;
        if (named) {
            return avcodec.avcodec_get_name(parameters.codec_id()).getString();
        }
        return parameters.codec_tag() == 0 ? "of unknown kind" : tag(parameters.codec_tag());
    }

    /** The four characters, as far as they can be shown. */
    private static String tag(int tag) {
        StringBuilder name = new StringBuilder();
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int character = tag >>> shift & 0xff;
            name.append(character >= ' ' && character <= '~' ? (char) character : '?');
        }
        return name.toString();
    }
}
