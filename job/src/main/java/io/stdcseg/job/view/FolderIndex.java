// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Page that lists the files of a folder. */
final class FolderIndex {

    private FolderIndex() {}

    /**
     * The page.
     *
     * @param name of the folder, as a heading
     * @param top whether there is no folder above it that may be seen
     */
    static String of(String name, boolean top, List<Path> files) {
        StringBuilder page = new StringBuilder();
        page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\">")
                .append("<title>")
                .append(text(name))
                .append("</title><style>")
                .append(":root { color-scheme: light dark; }")
                .append("body { font: 15px/1.7 system-ui, sans-serif; max-width: 60rem;")
                .append(" margin: 2rem auto; padding: 0 1rem; } ul { padding-left: 1.2rem; }")
                .append("</style></head><body><h1>")
                .append(text(name))
                .append("</h1><ul>\n");
        if (!top) {
            page.append("<li><a href=\"../\">..</a></li>\n");
        }
        for (Path file : files) {
            String shown = file.getFileName() + (Files.isDirectory(file) ? "/" : "");
            page.append("<li><a href=\"./").append(encoded(shown)).append("\">");
            page.append(text(shown)).append("</a></li>\n");
        }
        return page.append("</ul></body></html>\n").toString();
    }

    /** A name as a part of an address; a slash at its end stays. */
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    private static String text(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
