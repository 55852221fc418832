// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.view;

import java.util.Locale;
import java.util.Map;

/** What browsers must be told of the files that a job writes, by the ends of their names. */
final class ContentTypes {

    private static final Map<String, String> BY_ENDING =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("jsonl", "application/x-ndjson"),
                    Map.entry("csv", "text/csv; charset=utf-8"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    Map.entry("vtt", "text/vtt; charset=utf-8"),
                    Map.entry("parquet", "application/vnd.apache.parquet"),
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("m3u8", "application/vnd.apple.mpegurl"),
                    Map.entry("mp4", "video/mp4"),
                    Map.entry("m4s", "video/mp4"),
                    Map.entry("ts", "video/mp2t"),
                    Map.entry("webm", "video/webm"),
                    Map.entry("mov", "video/quicktime"),
                    Map.entry("mkv", "video/x-matroska"));

    private ContentTypes() {}

    /** The type of a file of that name; bytes without a meaning where it is not known. */
    static String of(String name) {
        return BY_ENDING.getOrDefault(ending(name), "application/octet-stream");
    }

    /** Whether a file of that name never changes once it is there, unless a run starts anew. */
    static boolean isLasting(String name) {
        String type = of(name);
        return type.startsWith("video/") || type.startsWith("image/");
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
