// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.video.Container;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.Muxer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** Metadata tags of a container as a whole: title, time, place and the like. */
final class ContainerTags {

    /** Those that FFmpeg's MP4 muxer writes. */
    private static final Set<String> MP4_TAGS =
            Set.of(
                    "title",
                    "artist",
                    "album_artist",
                    "composer",
                    "album",
                    "date",
                    "comment",
                    "genre",
                    "copyright",
                    "grouping",
                    "lyrics",
                    "description",
                    "synopsis",
                    "show",
                    "episode_id",
                    "network",
                    "keywords",
                    "episode_sort",
                    "season_number",
                    "media_type",
                    "hd_video",
                    "compilation",
                    "track",
                    "disc",
                    "creation_time",
                    "location",
                    "timecode");

    /** As phones name what MP4 has another name for. */
    private static final Map<String, String> ALIASES =
            Map.of(
                    "com.apple.quicktime.location.iso6709",
                    "location",
                    "com.apple.quicktime.creationdate",
                    "date",
                    "com.apple.quicktime.title",
                    "title");

    /** Of the file, not of its content: the output has its own. */
    private static final Set<String> FILE_TAGS =
            Set.of("encoder", "major_brand", "minor_version", "compatible_brands", "duration");

    /** Some demuxers give a tag a second time with its language. */
    private static final Pattern WITH_LANGUAGE = Pattern.compile("(.+)-[a-z]{3}");

    private ContainerTags() {}

    /**
     * Copies what the container holds.
     *
     * @return names of the tags that it does not hold
     */
    static List<String> copy(AVFormatContext source, Muxer target) {
        AVDictionary tags = new AVDictionary(null);
        List<String> lost = new ArrayList<>();
        try {
            AVDictionaryEntry tag = null;
            while ((tag = avutil.av_dict_iterate(source.metadata(), tag)) != null) {
                String given = tag.key().getString();
                String key = given.toLowerCase(Locale.ROOT);
                String name = ALIASES.getOrDefault(key, key);
                if (FILE_TAGS.contains(key)) {
                    continue;
                }
                if (isHeld(target.container(), name)) {
                    put(tags, name, tag.value(), !name.equals(key));
                } else if (!isTranslation(key)) {
                    lost.add(given);
                }
            }
        } finally {
            target.context().metadata(tags);
        }
        return lost;
    }

    private static boolean isHeld(Container container, String name) {
        return switch (container) {
            case MP4, MOV -> MP4_TAGS.contains(name);
            case MKV, WEBM -> true;
            case TS -> name.equals("title");
        };
    }

    private static void put(
            AVDictionary tags, String name, BytePointer value, boolean isSecondChoice) {
        int flags = isSecondChoice ? avutil.AV_DICT_DONT_OVERWRITE : 0;
        // Bytes, not a string: Java's may not hold every character in this locale.
        try (BytePointer bytes = new BytePointer(name)) {
            Ffmpeg.check(avutil.av_dict_set(tags, bytes, value, flags), "copy metadata");
        }
    }

    private static boolean isTranslation(String key) {
        Matcher matcher = WITH_LANGUAGE.matcher(key);
        return matcher.matches() && MP4_TAGS.contains(matcher.group(1));
    }
}
