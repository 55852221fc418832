// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.recipe;

import io.stdcseg.error.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Section of a recipe: a group of keys with typed access, which knows the keys asked for. */
final class RecipeSection {

    private final String path;
    private final Map<String, Object> values;
    private final Set<String> known = new TreeSet<>();

    /**
     * @param path of all keys, for messages: empty, or ending in a dot
     */
    RecipeSection(String path, Map<String, Object> values) {
        this.path = path;
        this.values = values;
    }

    /** Whether the key is there. */
    boolean has(String key) {
        known.add(key);
        return values.get(key) != null;
    }

    /** Whether the key has a list. */
    boolean isList(String key) {
        return has(key) && values.get(key) instanceof List;
    }

    RecipeSection section(String key) {
        Map<?, ?> map = get(key, Map.class, "a group of keys");
        return new RecipeSection(path + key + ".", RecipeYaml.textKeys(map));
    }

    /** What a section says, which must not have keys that {@code read} does not ask for. */
    <T> T section(String key, Function<RecipeSection, T> read) {
        RecipeSection section = section(key);
        T value = read.apply(section);
        section.expectNoMore();
        return value;
    }

    /** As {@link #section}; {@code other} if the key is not there. */
    <T> T optional(String key, Function<RecipeSection, T> read, T other) {
        return has(key) ? section(key, read) : other;
    }

    String text(String key) {
        return get(key, String.class, "a text");
    }

    /** A text; null if the key is not there. */
    String optionalText(String key) {
        return has(key) ? text(key) : null;
    }

    boolean flag(String key) {
        return get(key, Boolean.class, "true or false");
    }

    double number(String key) {
        return get(key, Number.class, "a number").doubleValue();
    }

    /** A number; another one if the key is not there. */
    double number(String key, double other) {
        return has(key) ? number(key) : other;
    }

    int integer(String key) {
        return get(key, Integer.class, "a whole number");
    }

    long wholeNumber(String key) {
        Number number = get(key, Number.class, "a whole number");
        if (number instanceof Integer || number instanceof Long) {
            return number.longValue();
        }
        throw wrong(key, number, "a whole number");
    }

    List<Double> numbers(String key) {
        List<Double> numbers = new ArrayList<>();
        for (Number number : list(key, Number.class, "a list of numbers")) {
            numbers.add(number.doubleValue());
        }
        return numbers;
    }

    List<Integer> integers(String key) {
        return list(key, Integer.class, "a list of whole numbers");
    }

    /** One of these constants, written in small letters. */
    <E extends Enum<E>> E oneOf(String key, List<E> allowed) {
        E constant = find(key, allowed);
        if (constant == null) {
            throw wrong(key, values.get(key), "one of " + labels(allowed));
        }
        return constant;
    }

    /** As {@link #oneOf}; null for {@code auto}. */
    <E extends Enum<E>> E oneOfOrAuto(String key, List<E> allowed) {
        E constant = find(key, allowed);
        if (constant == null && !values.get(key).equals("auto")) {
            throw wrong(key, values.get(key), "one of auto, " + labels(allowed));
        }
        return constant;
    }

    /** Refuses keys that nobody asked for. */
    void expectNoMore() {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new InputException(
                        "key "
                                + path
                                + key
                                + " is unknown; allowed are "
                                + String.join(", ", known));
            }
        }
    }

    private <E extends Enum<E>> E find(String key, List<E> allowed) {
        String text = String.valueOf(get(key, Object.class, ""));
        return allowed.stream()
                .filter(constant -> label(constant).equals(text))
                .findFirst()
                .orElse(null);
    }

    private <T> List<T> list(String key, Class<T> type, String allowed) {
        List<?> list = get(key, List.class, allowed);
        if (!list.stream().allMatch(type::isInstance)) {
            throw wrong(key, list, allowed);
        }
        return list.stream().map(type::cast).toList();
    }

    private <T> T get(String key, Class<T> type, String allowed) {
        if (!has(key)) {
            throw new InputException(path + key + " is missing");
        }
        Object value = values.get(key);
        if (!type.isInstance(value)) {
            throw wrong(key, value, allowed);
        }
        return type.cast(value);
    }

    private InputException wrong(String key, Object value, String allowed) {
        return new InputException(path + key + " is " + value + "; " + allowed + " is allowed");
    }

    private static String labels(List<? extends Enum<?>> constants) {
        return constants.stream().map(RecipeSection::label).collect(Collectors.joining(", "));
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
