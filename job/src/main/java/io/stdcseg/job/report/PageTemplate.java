// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Template of pages that need nothing beside themselves: data, style and code are inside. */
public final class PageTemplate {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What draws charts, and tables of scores: uPlot, which Maven brings from its WebJar. */
    private static final Map<String, String> CHARTED =
            Map.of(
                    "/*PLOTTING*/",
                    "uplot/uPlot.iife.min.js",
                    "/*PLOTTING-STYLE*/",
                    "uplot/uPlot.min.css",
                    "/*CHARTS*/",
                    "chart.js",
                    "/*CHART-STYLE*/",
                    "chart.css",
                    "/*SCORES*/",
                    "scores.js",
                    "/*SCORES-STYLE*/",
                    "scores.css",
                    "/*FRAMES*/",
                    "frames.js",
                    "/*FRAMES-STYLE*/",
                    "frames.css");

    private PageTemplate() {}

    /**
     * The page of a template with charts and scores.
     *
     * @param template name of the resource
     * @param data what Jackson can write
     */
    public static String fillCharted(String template, Object data) {
        return fill(template, CHARTED, data);
    }

    /**
     * The page of a template with the style and the code that all pages share.
     *
     * @param template name of the resource
     * @param parts what stands for more of them in the template, and their resources
     * @param data what Jackson can write
     */
    public static String fill(String template, Map<String, String> parts, Object data) {
        try {
            // Text that ends a script element would end it inside a string, too.
            String json = MAPPER.writeValueAsString(data).replace("<", "\\u003c");
            String page =
                    resource(template)
                            .replace("/*STYLE*/", resource("page.css"))
                            .replace("/*DRAWING*/", resource("page.js"));
            for (Map.Entry<String, String> part : parts.entrySet()) {
                page = page.replace(part.getKey(), resource(part.getValue()));
            }
            // The data last: what is put in is not looked through for more places.
            return page.replace("/*DATA*/", json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a page of plain values cannot be written", e);
        }
    }

    /** Names and colours of the classes, as pages use them. */
    public static List<Map<String, String>> classes(LabelSet labels) {
        return labels.classes().stream().map(PageTemplate::classOf).toList();
    }

    private static Map<String, String> classOf(LabelClass c) {
        String color = String.format(Locale.ROOT, "#%02x%02x%02x", c.red(), c.green(), c.blue());
        return Map.of("name", c.name(), "color", color);
    }

    private static String resource(String name) {
        try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("resource " + name + " cannot be read", e);
        }
    }
}
