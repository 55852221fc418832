// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The classes a network tells apart, and how label files name them.
 *
 * <p>A class's <em>train id</em> is its position in {@link #classes()}; it is what masks hold.
 * Label files may use other ids: {@link #trainId(int)} translates them. Ids that the label set
 * lists as ignored become {@link #IGNORE}.
 *
 * @param name what weights and users call the set
 * @param classes in train-id order
 * @param fileIds file id to train id, {@link #IGNORE} for ignored ids; every id a label file may
 *     hold
 */
public record LabelSet(String name, List<LabelClass> classes, Map<Integer, Integer> fileIds)
        implements Serializable {

    /** The train id of pixels that count nowhere. */
    public static final int IGNORE = 255;

    /** What is meant to be a file's name. */
    private static final String FILE = ".*([/\\\\].*|\\.ya?ml)";

    private static final Set<String> BUILT_IN = Set.of("camvid", "cityscapes");

    public LabelSet {
        if (classes.isEmpty() || classes.size() >= IGNORE) {
            throw new InputException(
                    "label set "
                            + name
                            + " has "
                            + classes.size()
                            + " classes; 1 to 254 are allowed");
        }
        Set<String> seen = new HashSet<>();
        for (LabelClass c : classes) {
            if (!seen.add(c.name())) {
                throw new InputException(
                        "label set " + name + " names class " + c.name() + " twice");
            }
        }
        classes = List.copyOf(classes);
        fileIds = Map.copyOf(fileIds);
    }

    /** Reads a built-in set ({@code camvid}, {@code cityscapes}) by name, any other from a file. */
    public static LabelSet of(String nameOrFile) {
        if (BUILT_IN.contains(nameOrFile)) {
            String resource = nameOrFile + ".yaml";
            try (InputStream in = LabelSet.class.getResourceAsStream(resource)) {
                return parse(nameOrFile, in);
            } catch (IOException e) {
                throw new IllegalStateException("resource " + resource + " cannot be read", e);
            }
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    "label set '"
                            + nameOrFile
                            + (nameOrFile.matches(FILE) ? "' is missing" : "' is unknown")
                            + "; allowed are camvid, cityscapes or a YAML file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return parse(nameOrFile, in);
        } catch (IOException e) {
            throw new InputException(
                    "label set " + nameOrFile + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The built-in set with that many classes, or numbered classes in evenly spread hues where
     * there is none: what weights that say nothing of their classes are taken to mean.
     */
    public static LabelSet ofSize(int classes) {
        for (String name : BUILT_IN) {
            LabelSet set = of(name);
            if (set.size() == classes) {
                return set;
            }
        }
        List<LabelClass> numbered = new ArrayList<>();
        Map<Integer, Integer> ids = new HashMap<>(Map.of(IGNORE, IGNORE));
        for (int i = 0; i < classes; i++) {
            int rgb = java.awt.Color.HSBtoRGB((float) i / classes, 0.7f, 0.9f);
            numbered.add(new LabelClass("class" + i, rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255));
            ids.put(i, i);
        }
        return new LabelSet("classes" + classes, numbered, ids);
    }

    /** How many classes there are. */
    public int size() {
        return classes.size();
    }

    /** Class names in train-id order. */
    public List<String> names() {
        return classes.stream().map(LabelClass::name).toList();
    }

    /**
     * The train id of an id found in a label file.
     *
     * @throws InputException if the label set does not list the id
     */
    public int trainId(int fileId) {
        Integer id = fileIds.get(fileId);
        if (id == null) {
            throw new InputException(
                    "id "
                            + fileId
                            + " is not in label set "
                            + name
                            + "; allowed are "
                            + fileIds.keySet().stream().sorted().toList());
        }
        return id;
    }

    private static LabelSet parse(String name, InputStream in) {
        try {
            Object root =
                    new Load(LoadSettings.builder().setLabel(name).build()).loadFromInputStream(in);
            Map<?, ?> map = expect(Map.class, root, name, "the file");
            List<LabelClass> classes = new ArrayList<>();
            Map<Integer, Integer> fileIds = new HashMap<>();
            for (Object item : expect(List.class, map.get("classes"), name, "classes")) {
                Map<?, ?> entry = expect(Map.class, item, name, "a class");
                List<?> color = expect(List.class, entry.get("color"), name, "color");
                if (color.size() != 3) {
                    throw new InputException(
                            "label set "
                                    + name
                                    + ": color "
                                    + color
                                    + " is not [red, green, blue]");
                }
                int trainId = classes.size();
                classes.add(
                        new LabelClass(
                                expect(String.class, entry.get("name"), name, "name"),
                                expect(Integer.class, color.get(0), name, "color"),
                                expect(Integer.class, color.get(1), name, "color"),
                                expect(Integer.class, color.get(2), name, "color")));
                Object id = entry.get("id");
                fileIds.put(id == null ? trainId : expect(Integer.class, id, name, "id"), trainId);
            }
            Object ignored = map.get("ignore");
            fileIds.put(IGNORE, IGNORE);
            if (ignored != null) {
                for (Object id : expect(List.class, ignored, name, "ignore")) {
                    fileIds.put(expect(Integer.class, id, name, "ignore"), IGNORE);
                }
            }
            Object given = map.get("name");
            return new LabelSet(
                    given == null ? name : expect(String.class, given, name, "name"),
                    classes,
                    fileIds);
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw new InputException(
                    "label set " + name + ": " + String.valueOf(e.getMessage()).replace('\n', ' '),
                    e);
        }
    }

    private static <T> T expect(Class<T> type, Object value, String file, String what) {
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
