// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Palette: the colours that classes are shown in, whatever those of label files are.
 *
 * <p>A file holds a line {@code name, red, green, blue} for each class, 0 to 255; empty lines and
 * what follows a {@code #} at a line's beginning say nothing.
 *
 * @param name what users call it: {@link #BRIGHT}, {@link #LABEL_SET} or a file
 * @param colors class name to 0xRRGGBB, in the palette's order
 */
public record Palette(String name, Map<String, Integer> colors) implements Serializable {

    /** Bright colours that stay apart for colour-blind viewers. */
    public static final String BRIGHT = "bright";

    /** The colours that a label set says itself. */
    public static final String LABEL_SET = "label-set";

    private static final int COLUMNS = 4;

    public Palette {
        // Map.copyOf would lose the order.
        colors = new LinkedHashMap<>(colors);
    }

    /**
     * The palette of a name, any other from a file.
     *
     * @throws InputException if there is none, or a line cannot be read; one line
     */
    public static Palette of(String nameOrFile) {
        if (nameOrFile.equals(LABEL_SET)) {
            return new Palette(LABEL_SET, Map.of());
        }
        if (nameOrFile.equals(BRIGHT)) {
            return bright();
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    "palette '"
                            + nameOrFile
                            + "' is unknown; allowed are bright, label-set or a file with lines"
                            + " NAME, RED, GREEN, BLUE");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(nameOrFile, in);
        } catch (IOException e) {
            throw new InputException(
                    "palette " + nameOrFile + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Palette bright() {
        try (InputStream in = Palette.class.getResourceAsStream("bright.csv")) {
            return read(BRIGHT, in);
        } catch (IOException e) {
            throw new IllegalStateException("resource bright.csv cannot be read", e);
        }
    }

    private static Palette read(String name, InputStream in) throws IOException {
        Map<String, Integer> colors = new LinkedHashMap<>();
        List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                LabelClass read = line(name, i + 1, line);
                if (colors.putIfAbsent(read.name(), read.rgb()) != null) {
                    throw new InputException(
                            "palette " + name + " names class " + read.name() + " twice");
                }
            }
        }
        return new Palette(name, colors);
    }

    private static LabelClass line(String palette, int number, String line) {
        String[] parts = line.split(",", -1);
        try {
            if (parts.length == COLUMNS) {
                return new LabelClass(
                        parts[0].strip(), part(parts[1]), part(parts[2]), part(parts[3]));
            }
        } catch (IllegalArgumentException e) {
            // falls through to the message that says what is allowed
        }
        throw new InputException(
                "palette "
                        + palette
                        + ", line "
                        + number
                        + ": '"
                        + line
                        + "' is not NAME, RED, GREEN, BLUE with colours from 0 to 255");
    }

    private static int part(String text) {
        return Integer.parseInt(text.strip());
    }

    /**
     * A label set with its classes in these colours; what its files mean stays. A class that the
     * palette does not name has a colour of {@link #BRIGHT} that no other class has, or its own if
     * there is none left.
     *
     * @throws InputException if a file names a class that the set does not have; one line
     */
    public LabelSet paint(LabelSet labels) {
        if (name.equals(LABEL_SET)) {
            return labels;
        }
        Map<String, Integer> known = bright().colors();
        if (!name.equals(BRIGHT)) {
            requireClasses(labels);
            known.putAll(colors);
        }
        Set<Integer> taken = new LinkedHashSet<>();
        labels.names().stream().filter(known::containsKey).map(known::get).forEach(taken::add);
        Deque<Integer> free = new ArrayDeque<>(new LinkedHashSet<>(known.values()));
        free.removeAll(taken);
        List<LabelClass> painted = new ArrayList<>();
        for (LabelClass one : labels.classes()) {
            Integer rgb = known.get(one.name());
            if (rgb == null) {
                rgb = free.isEmpty() ? Integer.valueOf(one.rgb()) : free.poll();
            }
            painted.add(new LabelClass(one.name(), rgb >> 16, rgb >> 8 & 255, rgb & 255));
        }
        return new LabelSet(labels.name(), painted, labels.fileIds(), labels.fileColors());
    }

    private void requireClasses(LabelSet labels) {
        for (String named : colors.keySet()) {
            if (!labels.names().contains(named)) {
                throw new InputException(
                        "palette "
                                + name
                                + ": class '"
                                + named
                                + "' is not in label set "
                                + labels.name()
                                + "; allowed are "
                                + String.join(", ", labels.names()));
            }
        }
    }
}
