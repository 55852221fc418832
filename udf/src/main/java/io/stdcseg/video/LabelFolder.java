// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The label pictures of a folder and the folders in it: PNG files whose pixels are ids of a label
 * set.
 *
 * <p>A picture's label has the picture's file name, first of all at the same place below the
 * folder, else anywhere in it; in the layout of Cityscapes {@code x_leftImg8bit} has the label
 * {@code x_gtFine_labelIds}. Thread-safe.
 */
public final class LabelFolder {

    private static final String ENDING = ".png";
    private static final String CITYSCAPES_PICTURE = "_leftImg8bit";
    private static final String CITYSCAPES_LABEL = "_gtFine_labelIds";

    private final Path folder;
    private final LabelSet labelSet;
    private final List<Path> files;
    private final Map<String, Path> byName = new HashMap<>();

    private LabelFolder(Path folder, LabelSet labelSet, List<Path> files) {
        this.folder = folder;
        this.labelSet = labelSet;
        this.files = files;
        for (Path file : files) {
            byName.putIfAbsent(stem(file), file);
        }
    }

    /**
     * Looks through a folder; pictures are read when they are needed.
     *
     * @throws InputException if it is no folder or holds no PNG file
     */
    public static LabelFolder open(Path folder, LabelSet labelSet) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    "labels " + folder + " is not a directory; a directory of PNG files is needed");
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(LabelFolder::isPng).sorted().toList();
            if (files.isEmpty()) {
                throw new InputException("labels " + folder + " holds no PNG file");
            }
            return new LabelFolder(folder, labelSet, files);
        } catch (IOException e) {
            throw new InputException(
                    "labels " + folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static boolean isPng(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
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
    public List<Path> files() {
        return files;
    }

    /** The file at just this place below the folder, named without its ending; null if none is. */
    public Path at(String name) {
        Path file = folder.resolve(name + ENDING);
        return Files.isRegularFile(file) ? file : null;
    }

    /**
     * The file with a picture's label; null if it has none.
     *
     * @param name the picture's file below its folder, parts separated by slashes, without ending
     */
    public Path find(String name) {
        Path atSamePlace = at(name);
        if (atSamePlace != null) {
            return atSamePlace;
        }
        String fileName = name.substring(name.lastIndexOf('/') + 1);
        Path file = byName.get(fileName);
        if (file == null && fileName.endsWith(CITYSCAPES_PICTURE)) {
            int end = fileName.length() - CITYSCAPES_PICTURE.length();
            file = byName.get(fileName.substring(0, end) + CITYSCAPES_LABEL);
        }
        return file;
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
        return reader.read(file, labelSet);
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
