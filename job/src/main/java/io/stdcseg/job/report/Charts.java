// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import io.stdcseg.function.throughput.LatencyHistogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Plain values that pages draw their charts of. */
final class Charts {

    /** Of the slowest frames there is more to see. */
    private static final double[] SLOWEST = {99.5, 99.8, 99.9, 99.95, 100};

    private static final double MILLIS = 1e3;
    private static final double DIGITS = 1e5;

    private Charts() {}

    /**
     * Lines of a history.
     *
     * @param names of those that are wanted
     * @param origin from which seconds are counted
     */
    static Map<String, Object> of(CurveHistory history, Predicate<String> names, double origin) {
        List<Map<String, Object>> lines = new ArrayList<>();
        history.curves()
                .forEach(
                        (name, curve) -> {
                            if (names.test(name)) {
                                lines.add(line(name, curve, origin));
                            }
                        });
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("lines", lines);
        chart.put("leftOut", history.leftOut());
        return chart;
    }

    /** A line, its points in seconds since the origin. */
    static Map<String, Object> line(String name, Curve curve, double origin) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", name);
        line.put("windowsPerPoint", curve.windowsPerPoint());
        line.put(
                "points",
                curve.points().stream()
                        .map(point -> point(point.seconds() - origin, point.value()))
                        .toList());
        return line;
    }

    /** Milliseconds and five digits are more than anybody sees. */
    private static double[] point(double seconds, double value) {
        return new double[] {
            Math.round(seconds * MILLIS) / MILLIS, Math.round(value * DIGITS) / DIGITS
        };
    }

    /**
     * Lines of how many milliseconds so many per cent of the durations do not exceed.
     *
     * @param durations by the name of the line; those without any have none
     */
    static List<Map<String, Object>> percentiles(Map<String, LatencyHistogram> durations) {
        List<Map<String, Object>> lines = new ArrayList<>();
        new TreeMap<>(durations)
                .forEach(
                        (name, histogram) -> {
                            if (histogram.count() > 0) {
                                lines.add(Map.of("name", name, "points", percentiles(histogram)));
                            }
                        });
        return lines;
    }

    private static List<double[]> percentiles(LatencyHistogram histogram) {
        List<double[]> points = new ArrayList<>();
        for (int percent = 0; percent < 100; percent++) {
            points.add(percentile(histogram, percent));
        }
        for (double percent : SLOWEST) {
            points.add(percentile(histogram, percent));
        }
        return points;
    }

    private static double[] percentile(LatencyHistogram histogram, double percent) {
        return new double[] {percent, histogram.quantileMillis(percent / 100)};
    }

    /** Names and values, in their order. */
    static List<List<String>> rows(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(fact -> List.of(fact.getKey(), fact.getValue()))
                .toList();
    }
}
