// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import io.stdcseg.error.InputException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reader of label sets in YAML. A file with a contradiction is refused: whichever way it were
 * understood, scores would be wrong and nobody would see.
 */
final class LabelSetReader {

    private static final Set<String> KEYS = Set.of("name", "classes", "ignore", "ignore-colors");
    private static final Set<String> CLASS_KEYS = Set.of("name", "id", "color", "colors");

    private final String file;
    private final List<LabelClass> classes = new ArrayList<>();
    private final Map<Integer, Integer> ids = new HashMap<>();
    private final Map<Integer, Integer> colors = new HashMap<>();

    private LabelSetReader(String file) {
        this.file = file;
    }

    static LabelSet read(String file, InputStream in) {
        try {
            Object root =
                    new Load(LoadSettings.builder().setLabel(file).build()).loadFromInputStream(in);
            return new LabelSetReader(file).read(root);
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw new InputException(
                    "label set " + file + ": " + String.valueOf(e.getMessage()).replace('\n', ' '),
                    e);
        }
    }

    private LabelSet read(Object root) {
        Map<?, ?> map = keys(root, "the file", KEYS);
        List<?> items = expect(List.class, map.get("classes"), "classes");
        for (Object item : items) {
            Map<?, ?> entry = keys(item, "a class", CLASS_KEYS);
            classes.add(labelClass(entry));
            Object id = entry.get("id");
            for (Object one : id instanceof List<?> several ? several : oneId(id)) {
                claimId(expect(Integer.class, one, "id"), classes.size() - 1);
            }
        }
        for (int trainId = 0; trainId < classes.size(); trainId++) {
            claimColors(((Map<?, ?>) items.get(trainId)).get("colors"), trainId);
        }
        for (Object id : optionalList(map.get("ignore"), "ignore")) {
            claimId(expect(Integer.class, id, "ignore"), LabelSet.IGNORE);
        }
        claimColors(map.get("ignore-colors"), LabelSet.IGNORE);
        ids.putIfAbsent(LabelSet.IGNORE, LabelSet.IGNORE);
        addOwnColors(items);
        Object given = map.get("name");
        return new LabelSet(
                given == null ? file : expect(String.class, given, "name"), classes, ids, colors);
    }

    private LabelClass labelClass(Map<?, ?> entry) {
        List<Integer> color = color(entry.get("color"), "color");
        String name = expect(String.class, entry.get("name"), "name");
        return new LabelClass(name, color.get(0), color.get(1), color.get(2));
    }

    /** A class that says nothing of its id has its train id. */
    private List<?> oneId(Object id) {
        return List.of(id == null ? classes.size() - 1 : id);
    }

    private void claimId(int id, int trainId) {
        claim(ids, id, trainId, "id " + id);
    }

    private void claimColors(Object list, int trainId) {
        for (Object item : optionalList(list, "colors")) {
            List<Integer> color = color(item, "colors");
            String name = trainId == LabelSet.IGNORE ? "ignore" : classes.get(trainId).name();
            LabelClass named = new LabelClass(name, color.get(0), color.get(1), color.get(2));
            claim(colors, named.rgb(), trainId, "colour " + color);
        }
    }

    private void claim(Map<Integer, Integer> owners, int key, int trainId, String what) {
        Integer other = owners.putIfAbsent(key, trainId);
        if (other != null && other != trainId) {
            boolean ignored = trainId == LabelSet.IGNORE;
            throw new InputException(
                    "label set "
                            + file
                            + ": "
                            + what
                            + " is of class "
                            + classes.get(other).name()
                            + (ignored
                                    ? " and ignored"
                                    : " and of class " + classes.get(trainId).name())
                            + "; one is allowed");
        }
    }

    /**
     * Classes without colours for label files have those they are shown in, where that is clear.
     */
    private void addOwnColors(List<?> items) {
        Map<Integer, Integer> own = new LabelSet(file, classes, ids).fileColors();
        own.forEach(
                (rgb, trainId) -> {
                    if (((Map<?, ?>) items.get(trainId)).get("colors") == null) {
                        colors.putIfAbsent(rgb, trainId);
                    }
                });
    }

    private List<Integer> color(Object value, String what) {
        List<?> parts = expect(List.class, value, what);
        if (parts.size() != 3) {
            throw new InputException(
                    "label set " + file + ": " + what + " " + parts + " is not [red, green, blue]");
        }
        return parts.stream().map(part -> expect(Integer.class, part, what)).toList();
    }

    private Map<?, ?> keys(Object value, String what, Set<String> allowed) {
        Map<?, ?> map = expect(Map.class, value, what);
        for (Object key : map.keySet()) {
            if (!allowed.contains(String.valueOf(key))) {
                throw new InputException(
                        "label set "
                                + file
                                + ": key "
                                + key
                                + " of "
                                + what
                                + " is unknown; allowed are "
                                + String.join(", ", new TreeSet<>(allowed)));
            }
        }
        return map;
    }

    private List<?> optionalList(Object value, String what) {
        return value == null ? List.of() : expect(List.class, value, what);
    }

    private <T> T expect(Class<T> type, Object value, String what) {
        if (!type.isInstance(value)) {
            throw new InputException(
                    "label set "
                            + file
                            + ": "
                            + what
                            + " is "
                            + value
                            + "; a "
                            + type.getSimpleName()
                            + " is needed");
        }
        return type.cast(value);
    }
}
