// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import io.stdcseg.error.InputException;
import io.stdcseg.file.VisibleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Index of the label pictures of a folder and the folders in it, hidden ones left out: PNG files
 * whose pixels are ids of a label set, or its colours.
 *
 * <p>A picture's label has the picture's file name, first of all at the same place below the
 * folder, else elsewhere in it, or one that {@link LabelNaming} makes of it. Thread-safe.
 */
public final class LabelFolder {

    private static final String ENDING = ".png";

    private final Path folder;
    private final LabelSet labelSet;
    private final LabelNaming naming;
    private final Map<String, Path> byPlace = new TreeMap<>();
    private final Map<String, List<String>> placesByName = new HashMap<>();

    private LabelFolder(Path folder, LabelSet labelSet, LabelNaming naming, List<Path> files) {
        this.folder = folder;
        this.labelSet = labelSet;
        this.naming = naming;
        for (Path file : files) {
            String place = place(folder, file);
            byPlace.put(place, file);
            placesByName.computeIfAbsent(nameOf(place), key -> new ArrayList<>(1)).add(place);
        }
    }

    /**
     * Lists a folder; pictures are read when they are needed.
     *
     * @throws InputException if it is no folder or holds no PNG file
     */
    public static LabelFolder open(Path folder, LabelSet labelSet) {
        return open(folder, labelSet, LabelNaming.USUAL);
    }

    /** The same with labels of other names. */
    public static LabelFolder open(Path folder, LabelSet labelSet, LabelNaming naming) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    "labels " + folder + " is not a directory; a directory of PNG files is needed");
        }
        try {
            List<Path> files =
                    VisibleFiles.below(folder, LabelFolder::isPng).stream().sorted().toList();
            if (files.isEmpty()) {
                throw new InputException("labels " + folder + " holds no PNG file");
            }
            return new LabelFolder(folder, labelSet, naming, files);
        } catch (IOException e) {
            throw new InputException(
                    "labels " + folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static boolean isPng(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
    }

    /** A file's path below a folder, parts separated by slashes, without the file's ending. */
    public static String place(Path folder, Path file) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        return path.substring(0, path.lastIndexOf('.'));
    }

    /** The folders of a place; empty if there are none. */
    public static String folderOf(String place) {
        return place.substring(0, Math.max(0, place.lastIndexOf('/')));
    }

    private static String nameOf(String place) {
        return place.substring(place.lastIndexOf('/') + 1);
    }

    /** A label file's name without its ending. */
    public static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }

    /** Where the labels are. */
    public Path folder() {
        return folder;
    }

    /** All label files, sorted. */
    public Collection<Path> files() {
        return byPlace.values();
    }

    /**
     * The label of a picture that lies at the same place below its folder; null if there is none.
     *
     * @param picture the picture's {@link #place}
     */
    public Path at(String picture) {
        String parent = picture.substring(0, picture.lastIndexOf('/') + 1);
        for (String name : names(nameOf(picture))) {
            Path file = byPlace.get(parent + name);
            if (file != null) {
                return file;
            }
        }
        return null;
    }

    /**
     * The file with a picture's label; null if it has none.
     *
     * @param picture the picture's {@link #place}
     * @param pictureFolders folders that hold pictures: labels in folders of these names are of the
     *     pictures there, and of no other
     * @throws InputException if several files could be it
     */
    public Path find(String picture, Set<String> pictureFolders) {
        Path atSamePlace = at(picture);
        if (atSamePlace != null) {
            return atSamePlace;
        }
        for (String name : names(nameOf(picture))) {
            List<String> places =
                    placesByName.getOrDefault(name, List.of()).stream()
                            .filter(place -> !pictureFolders.contains(folderOf(place)))
                            .toList();
            if (places.size() > 1) {
                throw new InputException(
                        "labels "
                                + byPlace.get(places.get(0))
                                + " and "
                                + byPlace.get(places.get(1))
                                + " could both be that of picture "
                                + picture
                                + "; put it where the picture lies below its own folder");
            }
            if (!places.isEmpty()) {
                return byPlace.get(places.get(0));
            }
        }
        return null;
    }

    private List<String> names(String picture) {
        return naming.of(picture, labelSet.holdsTrainIds());
    }

    /** A reader of these labels, for one thread at a time. */
    public LabelFileReader reader() {
        return new LabelFileReader(labelSet);
    }

    LabelSet labelSet() {
        return labelSet;
    }
}
