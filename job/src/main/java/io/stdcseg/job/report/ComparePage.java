// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import io.stdcseg.error.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Contents of the page of {@code compare}: two runs side by side, and what differs. */
public final class ComparePage {

    private ComparePage() {}

    /**
     * The page.
     *
     * @throws InputException if both are scored, by unlike classes
     */
    public static String of(RunResult a, RunResult b) {
        return PageTemplate.fillCharted("compare.html", data(a, b));
    }

    /** What the page shows, as plain values. */
    static Map<String, Object> data(RunResult a, RunResult b) {
        if (a.scores() != null && b.scores() != null && !a.classes().equals(b.classes())) {
            throw new InputException(
                    "'"
                            + a.name()
                            + "' scores the classes "
                            + a.classes()
                            + ", '"
                            + b.name()
                            + "' "
                            + b.classes()
                            + "; only scores of the same classes are compared");
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("a", result(a));
        data.put("b", result(b));
        data.put("rolling", lines(a.rolling(), b.rolling()));
        data.put("throughput", lines(a.throughput(), b.throughput()));
        return data;
    }

    private static Map<String, Object> result(RunResult run) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("name", run.name());
        result.put("summary", run.summary());
        result.put("scores", run.scores());
        return result;
    }

    /** Of each curve the one of A, then the one of B. */
    private static List<Map<String, Object>> lines(CurveHistory a, CurveHistory b) {
        Map<String, Curve> others = new LinkedHashMap<>(b.curves());
        List<Map<String, Object>> lines = new ArrayList<>();
        a.curves()
                .forEach(
                        (name, curve) -> {
                            lines.add(Charts.line("A " + name, curve, 0));
                            Curve other = others.remove(name);
                            if (other != null) {
                                lines.add(Charts.line("B " + name, other, 0));
                            }
                        });
        others.forEach((name, curve) -> lines.add(Charts.line("B " + name, curve, 0)));
        return lines;
    }
}
