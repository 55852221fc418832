// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import io.stdcseg.error.InputException;
import java.awt.Color;
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
import java.util.stream.IntStream;

/**
 * Label set: the classes a network tells apart, and how label files name them.
 *
 * <p>A class's <em>train id</em> is its position in {@link #classes()}; it is what masks hold.
 * Label files may use other ids: {@link #trainId(int)} translates them. Ids that the label set
 * lists as ignored become {@link #IGNORE}. RGB label files are read by their colours: {@link
 * #trainIdOfColor(int)}.
 *
 * @param name what weights and users call the set
 * @param classes in train-id order
 * @param fileIds file id to train id, {@link #IGNORE} for ignored ids; every id a label file may
 *     hold, 0 to 255
 * @param fileColors colour 0xRRGGBB to train id, {@link #IGNORE} for ignored ones; every colour an
 *     RGB label file may hold
 */
public record LabelSet(
        String name,
        List<LabelClass> classes,
        Map<Integer, Integer> fileIds,
        Map<Integer, Integer> fileColors)
        implements Serializable {

    /** The train id of pixels that count nowhere. */
    public static final int IGNORE = 255;

    private static final List<String> BUILT_IN =
            List.of("camvid", "cityscapes", "cityscapes-trainids");

    /** Names that are meant to be those of files. */
    private static final String FILE_NAME = ".*([/\\\\].*|\\.ya?ml)";

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
        check(name, classes, fileIds);
        classes = List.copyOf(classes);
        fileIds = Map.copyOf(fileIds);
        fileColors = Map.copyOf(fileColors);
    }

    /** A set whose RGB label files hold the classes' own colours. */
    public LabelSet(String name, List<LabelClass> classes, Map<Integer, Integer> fileIds) {
        this(name, classes, fileIds, ownColors(classes));
    }

    /**
     * Reads a built-in set ({@code camvid}, {@code cityscapes}, {@code cityscapes-trainids}) by
     * name, any other from a file.
     *
     * @throws InputException if there is none, or it contradicts itself; one line
     */
    public static LabelSet of(String nameOrFile) {
        if (BUILT_IN.contains(nameOrFile)) {
            String resource = nameOrFile + ".yaml";
            try (InputStream in = LabelSet.class.getResourceAsStream(resource)) {
                return LabelSetReader.read(nameOrFile, in);
            } catch (IOException e) {
                throw new IllegalStateException("resource " + resource + " cannot be read", e);
            }
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    "label set '"
                            + nameOrFile
                            + (nameOrFile.matches(FILE_NAME) ? "' is missing" : "' is unknown")
                            + "; allowed are "
                            + String.join(", ", BUILT_IN)
                            + " or a YAML file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return LabelSetReader.read(nameOrFile, in);
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
        for (int i = 0; i < classes; i++) {
            int rgb = Color.HSBtoRGB((float) i / classes, 0.7f, 0.9f);
            numbered.add(new LabelClass("class" + i, rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255));
        }
        return new LabelSet("classes" + classes, numbered, trainIds(classes));
    }

    /**
     * The train id of a colour found in an RGB label file.
     *
     * @param rgb 0xRRGGBB
     * @throws InputException if the label set does not list the colour
     */
    public int trainIdOfColor(int rgb) {
        Integer id = fileColors.get(rgb);
        if (id == null) {
            throw new InputException(
                    "colour "
                            + color(rgb)
                            + " is not in label set "
                            + name
                            + "; allowed are "
                            + fileColors.keySet().stream().sorted().map(LabelSet::color).toList());
        }
        return id;
    }

    private static String color(int rgb) {
        return List.of(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255).toString();
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

    /**
     * What label files hold for each train id, one byte each: of a class with several ids the
     * lowest. What is no train id stands for itself.
     */
    public byte[] idsByTrainId() {
        byte[] ids = new byte[256];
        for (int id = 0; id < ids.length; id++) {
            ids[id] = (byte) id;
        }
        fileIds.entrySet().stream()
                .filter(entry -> entry.getValue() != IGNORE)
                .sorted(Map.Entry.<Integer, Integer>comparingByKey().reversed())
                .forEach(entry -> ids[entry.getValue()] = entry.getKey().byteValue());
        return ids;
    }

    /** The same set where label files hold train ids, and 255 for what counts nowhere. */
    public LabelSet withTrainIds() {
        return new LabelSet(name, classes, trainIds(classes.size()), fileColors);
    }

    /** Whether label files hold train ids. */
    public boolean holdsTrainIds() {
        return IntStream.range(0, size())
                .allMatch(id -> Integer.valueOf(id).equals(fileIds.get(id)));
    }

    private static Map<Integer, Integer> trainIds(int classes) {
        Map<Integer, Integer> ids = new HashMap<>(Map.of(IGNORE, IGNORE));
        for (int id = 0; id < classes; id++) {
            ids.put(id, id);
        }
        return ids;
    }

    /** Each colour that one class alone has, to its train id. */
    private static Map<Integer, Integer> ownColors(List<LabelClass> classes) {
        Map<Integer, Integer> colors = new HashMap<>();
        Set<Integer> shared = new HashSet<>();
        for (int id = 0; id < classes.size(); id++) {
            if (colors.putIfAbsent(classes.get(id).rgb(), id) != null) {
                shared.add(classes.get(id).rgb());
            }
        }
        colors.keySet().removeAll(shared);
        return colors;
    }

    private static void check(String name, List<LabelClass> classes, Map<Integer, Integer> ids) {
        ids.forEach(
                (id, trainId) -> {
                    if (trainId != IGNORE && (trainId < 0 || trainId >= classes.size())) {
                        throw new InputException(
                                "label set " + name + " has no class for train id " + trainId);
                    }
                    if (id < 0 || id > 255) {
                        String of =
                                trainId == IGNORE ? "" : " of class " + classes.get(trainId).name();
                        throw new InputException(
                                "label set " + name + ": id " + id + of + " is not in 0 to 255");
                    }
                });
    }
}
