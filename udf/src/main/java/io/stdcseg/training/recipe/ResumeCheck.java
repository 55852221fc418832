// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.recipe;

import io.stdcseg.error.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Resume check: a training goes on by the recipe that it began with, whatever that is called now.
 * Where its schedule is done, it also goes on by a longer one. Variation that it says nothing of is
 * none: what can be varied by now, and could not when it began.
 */
public final class ResumeCheck {

    private static final String SCHEDULE = "schedule.";
    private static final String VARIATION = "variation.";
    private static final String ITERATIONS = SCHEDULE + "iterations";

    private final Map<String, Object> before;
    private final Map<String, Object> now;

    /**
     * @param before text of the recipe that it went by
     * @param now text of the recipe that it is to go on by
     */
    public ResumeCheck(String before, String now) {
        this.before = values(before);
        this.now = values(now);
    }

    /** Keys such as {@code loss.threshold} with their values, numbers by what they count. */
    private static Map<String, Object> values(String text) {
        Map<String, Object> values = new LinkedHashMap<>();
        Load yaml = new Load(LoadSettings.builder().build());
        addAll(values, "", (Map<?, ?>) yaml.loadFromString(text));
        return values;
    }

    private static void addAll(Map<String, Object> values, String prefix, Map<?, ?> tree) {
        tree.forEach(
                (key, value) -> {
                    if (value instanceof Map<?, ?> group) {
                        addAll(values, prefix + key + ".", group);
                    } else {
                        values.put(prefix + key, plain(value));
                    }
                });
    }

    private static Object plain(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ResumeCheck::plain).toList();
        }
        return value instanceof Number number ? (Object) number.doubleValue() : value;
    }

    /**
     * Refuses another recipe.
     *
     * @param name of the recipe now
     * @param training where it lies, for the message
     * @param iteration the last that is done
     * @throws InputException that names the first difference
     */
    public void check(String name, Object training, int iteration) {
        boolean finished = Double.valueOf(iteration).equals(before.get(ITERATIONS));
        boolean longer = now.get(ITERATIONS) instanceof Double end && end > iteration;
        Map<String, Object> all = new LinkedHashMap<>(now);
        before.forEach(all::putIfAbsent);
        for (String key : all.keySet()) {
            Object wanted = value(now, key);
            boolean same = wanted != null && wanted.equals(value(before, key));
            if (!same && !(finished && longer && key.startsWith(SCHEDULE))) {
                throw new InputException(
                        "--resume with recipe "
                                + name
                                + ": it says "
                                + said(now, key)
                                + ", the training in "
                                + training
                                + " began with "
                                + said(before, key)
                                + (key.startsWith(SCHEDULE)
                                        ? "; another schedule is allowed when this one is done,"
                                                + " and must be longer"
                                        : "; only the same recipe is allowed"));
            }
        }
    }

    private static Object value(Map<String, Object> values, String key) {
        return values.getOrDefault(key, key.startsWith(VARIATION) ? 0.0 : null);
    }

    private static String said(Map<String, Object> values, String key) {
        if (!values.containsKey(key)) {
            return "nothing of " + key;
        }
        Object value = values.get(key);
        boolean whole = value instanceof Double number && number == Math.rint(number);
        return "'" + key + ": " + (whole ? (Object) ((Double) value).longValue() : value) + "'";
    }
}
