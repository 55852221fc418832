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
import java.util.stream.IntStream;

/**
 * The label pictures of a folder and the folders in it, hidden ones left out: PNG files whose
 * pixels are ids of a label set, or its colours.
 *
 * <p>A picture's label has the picture's file name, first of all at the same place below the
 * folder, else elsewhere in it, or one that {@link LabelNaming} makes of it. Files whose names end
 * in {@code _labelTrainIds} hold train ids whatever the label set says. Thread-safe.
 */
public final class LabelFolder {

    private static final String ENDING = ".png";

    /** Of so many files of a folder it shows what kind of ids they hold. */
    private static final int SAMPLE = 8;

    private final Path folder;
    private final LabelSet labelSet;
    private final LabelSet trainIds;
    private final LabelNaming naming;
    private final Map<String, Path> byPlace = new TreeMap<>();
    private final Map<String, List<String>> placesByName = new HashMap<>();

    private LabelFolder(Path folder, LabelSet labelSet, LabelNaming naming, List<Path> files) {
        this.folder = folder;
        this.labelSet = labelSet;
        this.trainIds = labelSet.withTrainIds();
        this.naming = naming;
        for (Path file : files) {
            String place = place(folder, file);
            byPlace.put(place, file);
            placesByName.computeIfAbsent(nameOf(place), key -> new ArrayList<>(1)).add(place);
        }
    }

    /**
     * Looks through a folder; pictures are read when they are needed.
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

    /**
     * What speaks against the label set: files of train ids that are read as label ids give wrong
     * classes, and no error.
     *
     * @return one line; null if nothing does
     */
    public String doubt() {
        if (labelSet.holdsTrainIds()) {
            return null;
        }
        boolean[] seen = new boolean[256];
        List<Path> all =
                files().stream()
                        .filter(file -> !stem(file).endsWith(LabelNaming.TRAIN_IDS))
                        .toList();
        int step = Math.max(1, all.size() / SAMPLE);
        for (int i = 0; i < all.size(); i += step) {
            try {
                for (byte id : MaskFiles.read(all.get(i)).ids()) {
                    seen[id & 255] = true;
                }
            } catch (InputException e) {
                continue; // Of colours, or refused when its picture comes.
            }
        }
        boolean trainIdsOnly =
                IntStream.range(labelSet.size(), LabelSet.IGNORE).noneMatch(id -> seen[id]);
        if (!trainIdsOnly || !seen[LabelSet.IGNORE]) {
            return null;
        }
        return "labels "
                + folder
                + " hold 255 but no id above "
                + (labelSet.size() - 1)
                + ", as train ids do; label set "
                + labelSet.name()
                + " reads them as label ids"
                + (labelSet.name().equals("cityscapes")
                        ? "; --label-set cityscapes-trainids reads train ids"
                        : "");
    }

    /**
     * Reads a label picture as train ids.
     *
     * @throws InputException if the file cannot be read or holds an id that the label set does not
     *     know
     */
    public MaskFiles.Ids read(Path file) {
        return read(file, new MaskFileReader());
    }

    private MaskFiles.Ids read(Path file, MaskFileReader reader) {
        String name = stem(file);
        if (name.endsWith(LabelNaming.LABEL_IDS) && labelSet.name().equals("cityscapes-trainids")) {
            throw new InputException(
                    "label "
                            + file
                            + " holds label ids, as its name says; label set cityscapes reads them,"
                            + " "
                            + labelSet.name()
                            + " does not");
        }
        return reader.read(file, name.endsWith(LabelNaming.TRAIN_IDS) ? trainIds : labelSet);
    }

    /**
     * Reads the labels of a picture of known size as train ids.
     *
     * @return {@code height} rows of {@code width} train ids
     * @throws InputException as {@link #read(Path)}, or if the file has another size
     */
    public byte[] read(Path file, int width, int height) {
        return read(file, width, height, new MaskFileReader());
    }

    /**
     * The same without new memory for each picture.
     *
     * @param reader the caller's, whose next use overwrites the train ids
     */
    public byte[] read(Path file, int width, int height, MaskFileReader reader) {
        MaskFiles.Ids labels = read(file, reader);
        if (labels.width() != width || labels.height() != height) {
            throw new InputException(
                    "label "
                            + file
                            + " is "
                            + labels.width()
                            + "x"
                            + labels.height()
                            + ", its picture "
                            + width
                            + "x"
                            + height
                            + "; they must be equal");
        }
        return labels.ids();
    }
}
