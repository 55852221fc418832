// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import io.stdcseg.error.InputException;
import io.stdcseg.video.Container;
import io.stdcseg.video.VideoCodec;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Format that videos are written in.
 *
 * @param codec null for H.264, or the fastest of those that the container holds where it does not
 *     hold that, or its encoder does not take the size
 * @param container holds the codec
 * @param quality 0 to 100, the same scale for all codecs: {@link Quality}
 * @param height most rows of the picture as it is shown; null for as many as it has
 */
public record VideoFormat(VideoCodec codec, Container container, int quality, Integer height)
        implements Serializable {

    public static final int DEFAULT_QUALITY = 60;

    /** H.264 in MP4, at the size that pictures have. */
    public static final VideoFormat DEFAULT =
            new VideoFormat(null, Container.MP4, DEFAULT_QUALITY, null);

    /** By the time that their encoders take. */
    private static final List<VideoCodec> USUAL =
            List.of(VideoCodec.H264, VideoCodec.VP8, VideoCodec.VP9, VideoCodec.MPEG4);

    /** What HLS carries in fragmented MP4 and browsers play, by the time that encoders take. */
    private static final List<VideoCodec> IN_PLAYLISTS =
            List.of(VideoCodec.H264, VideoCodec.VP9, VideoCodec.AV1, VideoCodec.HEVC);

    public VideoFormat {
        if (codec != null && !container.holds(codec)) {
            throw new InputException(
                    "--codec "
                            + codec
                            + " does not go into --container "
                            + container.ending()
                            + ", which holds "
                            + names(container.codecs().stream())
                            + "; "
                            + codec
                            + " goes into "
                            + Stream.of(Container.values())
                                    .filter(other -> other.holds(codec))
                                    .map(Container::ending)
                                    .collect(Collectors.joining(", ")));
        }
        Quality.check(quality);
    }

    /**
     * What options say.
     *
     * @param codec null for the usual one
     * @param container null for MP4, or WebM where MP4 does not hold the codec
     */
    public static VideoFormat of(
            VideoCodec codec, Container container, int quality, Integer height) {
        Container fitting =
                codec == null || Container.MP4.holds(codec) ? Container.MP4 : Container.WEBM;
        return new VideoFormat(codec, container == null ? fitting : container, quality, height);
    }

    /** Whether HLS playlists carry the codec. */
    public boolean fitsPlaylists() {
        return codec == null || IN_PLAYLISTS.contains(codec);
    }

    /**
     * The same where the video goes into HLS playlists, too: with the codec that it then has.
     *
     * @throws InputException if they do not carry the codec
     */
    public VideoFormat forPlaylists() {
        if (!fitsPlaylists()) {
            throw new InputException(
                    "--codec "
                            + codec
                            + " does not go into --write hls, which carries "
                            + names(IN_PLAYLISTS.stream()));
        }
        VideoCodec fitting =
                codec != null
                        ? codec
                        : IN_PLAYLISTS.stream().filter(container::holds).findFirst().orElseThrow();
        return new VideoFormat(fitting, container, quality, height);
    }

    /** The codecs that may be used, in the order in which they are tried. */
    List<VideoCodec> candidates() {
        return codec != null ? List.of(codec) : USUAL.stream().filter(container::holds).toList();
    }

    static String names(Stream<VideoCodec> codecs) {
        return codecs.map(VideoCodec::toString).collect(Collectors.joining(", "));
    }
}
