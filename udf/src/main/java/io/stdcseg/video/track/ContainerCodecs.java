// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.video.Container;
import java.util.Set;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Codecs of sound and subtitles by container: those that players of it understand are copied, the
 * others become the one that all do.
 */
final class ContainerCodecs {

    private static final Set<Integer> MP4_SOUND =
            Set.of(
                    avcodec.AV_CODEC_ID_AAC,
                    avcodec.AV_CODEC_ID_MP3,
                    avcodec.AV_CODEC_ID_AC3,
                    avcodec.AV_CODEC_ID_EAC3,
                    avcodec.AV_CODEC_ID_OPUS,
                    avcodec.AV_CODEC_ID_ALAC);

    private static final Set<Integer> MOV_SOUND =
            Set.of(
                    avcodec.AV_CODEC_ID_AAC,
                    avcodec.AV_CODEC_ID_MP3,
                    avcodec.AV_CODEC_ID_AC3,
                    avcodec.AV_CODEC_ID_EAC3,
                    avcodec.AV_CODEC_ID_ALAC);

    private static final Set<Integer> MKV_SOUND =
            Set.of(
                    avcodec.AV_CODEC_ID_AAC,
                    avcodec.AV_CODEC_ID_MP3,
                    avcodec.AV_CODEC_ID_MP2,
                    avcodec.AV_CODEC_ID_AC3,
                    avcodec.AV_CODEC_ID_EAC3,
                    avcodec.AV_CODEC_ID_OPUS,
                    avcodec.AV_CODEC_ID_VORBIS,
                    avcodec.AV_CODEC_ID_FLAC,
                    avcodec.AV_CODEC_ID_ALAC);

    private static final Set<Integer> WEBM_SOUND =
            Set.of(avcodec.AV_CODEC_ID_OPUS, avcodec.AV_CODEC_ID_VORBIS);

    private static final Set<Integer> TS_SOUND =
            Set.of(
                    avcodec.AV_CODEC_ID_AAC,
                    avcodec.AV_CODEC_ID_MP3,
                    avcodec.AV_CODEC_ID_MP2,
                    avcodec.AV_CODEC_ID_AC3,
                    avcodec.AV_CODEC_ID_EAC3);

    private static final Set<Integer> TEXT =
            Set.of(
                    avcodec.AV_CODEC_ID_MOV_TEXT,
                    avcodec.AV_CODEC_ID_SUBRIP,
                    avcodec.AV_CODEC_ID_ASS,
                    avcodec.AV_CODEC_ID_WEBVTT,
                    avcodec.AV_CODEC_ID_TEXT);

    private static final Set<Integer> MKV_SUBTITLES =
            Set.of(
                    avcodec.AV_CODEC_ID_SUBRIP,
                    avcodec.AV_CODEC_ID_ASS,
                    avcodec.AV_CODEC_ID_DVD_SUBTITLE,
                    avcodec.AV_CODEC_ID_HDMV_PGS_SUBTITLE);

    private ContainerCodecs() {}

    /** Whether sound goes into the container as it is. */
    static boolean copiesSound(Container container, int codec) {
        Set<Integer> copied =
                switch (container) {
                    case MP4 -> MP4_SOUND;
                    case MOV -> MOV_SOUND;
                    case MKV -> MKV_SOUND;
                    case WEBM -> WEBM_SOUND;
                    case TS -> TS_SOUND;
                };
        return copied.contains(codec);
    }

    /** What sound becomes that is not copied. */
    static SoundCodec sound(Container container) {
        return container == Container.WEBM ? SoundCodec.OPUS : SoundCodec.AAC;
    }

    /** Whether the container has subtitles, and these can become such ones. */
    static boolean carriesSubtitles(Container container, int codec) {
        return copiesSubtitles(container, codec)
                || container != Container.TS && TEXT.contains(codec);
    }

    /** Whether subtitles go into the container as they are. */
    static boolean copiesSubtitles(Container container, int codec) {
        return switch (container) {
            case MP4, MOV, WEBM -> codec == textSubtitles(container);
            case MKV -> MKV_SUBTITLES.contains(codec);
            case TS -> false;
        };
    }

    /** What text subtitles become that are not copied. */
    static int textSubtitles(Container container) {
        return switch (container) {
            case MP4, MOV, TS -> avcodec.AV_CODEC_ID_MOV_TEXT;
            case MKV -> avcodec.AV_CODEC_ID_SUBRIP;
            case WEBM -> avcodec.AV_CODEC_ID_WEBVTT;
        };
    }
}
