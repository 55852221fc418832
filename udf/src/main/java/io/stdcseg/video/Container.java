// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import static io.stdcseg.video.VideoCodec.AV1;
import static io.stdcseg.video.VideoCodec.H264;
import static io.stdcseg.video.VideoCodec.HEVC;
import static io.stdcseg.video.VideoCodec.MPEG4;
import static io.stdcseg.video.VideoCodec.VP8;
import static io.stdcseg.video.VideoCodec.VP9;

import io.stdcseg.frame.Rational;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Container of a media file: which codecs it holds, and how FFmpeg is told to write it. */
public enum Container {
    MP4("mp4", H264, HEVC, AV1, VP9, MPEG4),

    MKV("matroska", H264, HEVC, AV1, VP9, VP8, MPEG4),

    WEBM("webm", AV1, VP9, VP8),

    MOV("mov", H264, HEVC, MPEG4),

    TS("mpegts", H264, HEVC, MPEG4);

    private static final int LARGEST_TIMESCALE = 10_000_000;
    private static final int MICROSECONDS = 1_000_000;
    private static final int LEAST_MOVIE_TIMESCALE = 48_000;

    private final String muxer;
    private final List<VideoCodec> codecs;

    /**
     * @param muxer FFmpeg's name
     */
    Container(String muxer, VideoCodec... codecs) {
        this.muxer = muxer;
        this.codecs = List.of(codecs);
    }

    /** Ending of its files' names, without a dot. */
    public String ending() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** FFmpeg's name for its muxer. */
    String muxer() {
        return muxer;
    }

    /** The codecs of the videos that players expect in it, and FFmpeg writes. */
    public List<VideoCodec> codecs() {
        return codecs;
    }

    public boolean holds(VideoCodec codec) {
        return codecs.contains(codec);
    }

    /** Whether it keeps times as ticks of any base, as those of QuickTime's family do. */
    public boolean isIsoMedia() {
        return this == MP4 || this == MOV;
    }

    /** Whether packets may have times before zero, which players leave out. */
    public boolean hasTimeBeforeZero() {
        return this != TS;
    }

    /** Whether pictures can be said to be turned. */
    public boolean keepsRotation() {
        return this != TS;
    }

    /** Whether it has a place for chapters. */
    public boolean keepsChapters() {
        return this != TS;
    }

    /**
     * Header options of a whole file, its index in front and its times as they are given.
     *
     * @param timeBase of the video's times
     */
    public Map<String, String> fileOptions(Rational timeBase) {
        return switch (this) {
            case MP4, MOV ->
                    Map.of(
                            "movflags",
                            "faststart",
                            "avoid_negative_ts",
                            "disabled",
                            "video_track_timescale",
                            timescale(timeBase),
                            "movie_timescale",
                            movieTimescale(timeBase));
            case MKV, WEBM -> Map.of("cues_to_front", "1", "avoid_negative_ts", "disabled");
            case TS -> Map.of("mpegts_copyts", "1", "avoid_negative_ts", "disabled");
        };
    }

    /** Header options of a segment, which is whole up to its last key frame while it grows. */
    public Map<String, String> segmentOptions(Rational timeBase) {
        if (!isIsoMedia()) {
            return fileOptions(timeBase);
        }
        return Map.of(
                "movflags",
                "frag_keyframe+empty_moov+default_base_moof+frag_discont",
                "avoid_negative_ts",
                "disabled",
                "use_editlist",
                "0",
                "video_track_timescale",
                timescale(timeBase));
    }

    /**
     * Timescale, in ticks per second, for a track whose times have this time base: as many as its
     * denominator, so that times stay exact. Where that is so fine that MP4's 32-bit durations
     * would end after seconds, microseconds.
     */
    private static String timescale(Rational timeBase) {
        int ticks = timeBase.denominator();
        return Integer.toString(ticks <= LARGEST_TIMESCALE ? ticks : MICROSECONDS);
    }

    /**
     * Timescale, in ticks per second, for what concerns all tracks, such as when each begins: a
     * multiple of {@link #timescale}, so that the first picture's time is exact, and no coarser
     * than a sample of sound.
     */
    private static String movieTimescale(Rational timeBase) {
        int ticks = Integer.parseInt(timescale(timeBase));
        return Integer.toString(ticks * ((LEAST_MOVIE_TIMESCALE + ticks - 1) / ticks));
    }
}
