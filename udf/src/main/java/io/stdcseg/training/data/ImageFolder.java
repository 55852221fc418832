// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.error.InputException;
import io.stdcseg.file.VisibleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Image folder: pictures that lie in one folder for each class, numbered from 0. Immutable. */
public final class ImageFolder {

    private record Entry(Path image, int classId) {}

    private final List<String> classes;
    private final List<Entry> entries;

    private ImageFolder(List<String> classes, List<Entry> entries) {
        this.classes = List.copyOf(classes);
        this.entries = List.copyOf(entries);
    }

    /**
     * Pictures to learn from.
     *
     * @param folder with two folders at least; their names in order are the classes
     * @throws InputException if a class has no picture; one line that names its folder
     */
    public static ImageFolder of(Path folder) {
        List<String> classes = folders(folder);
        if (classes.size() < 2) {
            throw new InputException(
                    "pictures "
                            + folder
                            + " has folders for "
                            + classes.size()
                            + " classes; one folder each for two or more is needed");
        }
        return of(folder, classes, classes);
    }

    /**
     * Other pictures of the same classes, not necessarily of all.
     *
     * @throws InputException if there is a class that these do not have; one line that names it
     */
    public ImageFolder others(Path folder) {
        List<String> names = folders(folder);
        for (String name : names) {
            if (!classes.contains(name)) {
                throw new InputException(
                        "pictures "
                                + folder.resolve(name)
                                + " are of a class that training has no pictures of");
            }
        }
        if (names.isEmpty()) {
            throw new InputException(
                    "pictures " + folder + " has no folder; one for each class is needed");
        }
        return of(folder, names, classes);
    }

    private static List<String> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    "pictures "
                            + folder
                            + " is not a directory; one with a folder for each class is needed");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> Files.isDirectory(path) && !VisibleFiles.isHidden(path))
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InputException(
                    "pictures " + folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static ImageFolder of(Path folder, List<String> names, List<String> classes) {
        List<Entry> entries = new ArrayList<>();
        for (String name : names) {
            int id = classes.indexOf(name);
            PictureFiles.below(folder.resolve(name))
                    .forEach(image -> entries.add(new Entry(image, id)));
        }
        return new ImageFolder(classes, entries);
    }

    /** Names of the classes, in the order of their numbers. */
    public List<String> classes() {
        return classes;
    }

    /** How many pictures there are. */
    public int size() {
        return entries.size();
    }

    /** The file of a picture. */
    public Path image(int index) {
        return entries.get(index).image();
    }

    /** The number of a picture's class, from 0. */
    public int classId(int index) {
        return entries.get(index).classId();
    }
}
