// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Frame;
import io.stdcseg.label.LabelFileReader;
import io.stdcseg.label.LabelFolder;
import io.stdcseg.label.LabelSet;
import io.stdcseg.label.LabelSetCheck;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Labels of frames in a {@link LabelFolder}: those of pictures by name, in a folder with the
 * stream's name first. A video frame's label is named with the frame's index, such as {@code
 * 000123.png}, in a folder with the stream's name; where the stream has none, directly in the
 * store's. For one thread at a time.
 */
public final class LabelStore {

    private static final String FLAT = "";

    private final LabelFolder labels;
    private final Set<String> pictureFolders;
    private final LabelFileReader reader;
    private final Map<String, Map<Long, List<Path>>> byIndex = new HashMap<>();

    private LabelStore(LabelFolder labels, Set<String> pictureFolders) {
        this.labels = labels;
        this.reader = labels.reader();
        this.pictureFolders = Set.copyOf(pictureFolders);
        labels.files().forEach(this::add);
    }

    /**
     * Looks through a folder; pictures are read when their frames come.
     *
     * @param pictureFolders see {@link #foldersOf}, of all streams; labels in folders of these
     *     names are of the pictures there, and of no other
     * @throws InputException if it is no folder or holds no PNG file
     */
    public static LabelStore open(Path folder, LabelSet labelSet, Set<String> pictureFolders) {
        return new LabelStore(LabelFolder.open(folder, labelSet), pictureFolders);
    }

    /**
     * The folders in which the label of a picture may lie: named as the picture's own, by itself
     * and in one with the stream's name.
     *
     * @param name the picture's path in its folder, without its ending
     */
    public static List<String> foldersOf(String stream, String name) {
        String folder = LabelFolder.folderOf(name);
        return List.of(folder, folder.isEmpty() ? stream : stream + "/" + folder);
    }

    private void add(Path file) {
        String stem = LabelFolder.stem(file);
        if (!stem.isEmpty() && stem.length() <= 18 && stem.chars().allMatch(Character::isDigit)) {
            String parent = file.getParent().equals(labels.folder()) ? FLAT : folderName(file);
            byIndex.computeIfAbsent(parent, key -> new HashMap<>())
                    .computeIfAbsent(Long.parseLong(stem), key -> new ArrayList<>(1))
                    .add(file);
        }
    }

    private static String folderName(Path file) {
        return file.getParent().getFileName().toString();
    }

    /** See {@link LabelSetCheck#warning}. */
    public String doubt() {
        return LabelSetCheck.warning(labels);
    }

    /** Whether a video's labels lie in a folder of its own. */
    public boolean hasFolderOf(String stream) {
        return byIndex.containsKey(stream);
    }

    /** The labels that any video without a folder of its own would take, by index. */
    public Collection<Path> flat() {
        return byIndex.getOrDefault(FLAT, Map.of()).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    /**
     * The file with a frame's label; null if it has none.
     *
     * @throws InputException if several files could be it
     */
    public Path find(Frame frame) {
        return frame.name() == null
                ? find(frame.stream(), frame.index())
                : find(frame.stream(), frame.name());
    }

    /**
     * The file with the label of a video's frame; null if it has none.
     *
     * @throws InputException if several files could be it
     */
    Path find(String stream, long index) {
        String parent = hasFolderOf(stream) ? stream : FLAT;
        List<Path> files = byIndex.getOrDefault(parent, Map.of()).getOrDefault(index, List.of());
        if (files.size() > 1) {
            throw new InputException(
                    "labels "
                            + files.get(0)
                            + " and "
                            + files.get(1)
                            + " could both be that of frame "
                            + index
                            + " of "
                            + stream
                            + "; one is allowed");
        }
        return files.isEmpty() ? null : files.get(0);
    }

    /**
     * The file with a picture's label; null if it has none.
     *
     * @param name the picture's path in its folder, without its ending
     * @throws InputException if several files could be it
     */
    public Path find(String stream, String name) {
        Path ofStream = labels.at(stream + "/" + name);
        return ofStream == null ? labels.find(name, pictureFolders) : ofStream;
    }

    /**
     * Reads a label picture as train ids.
     *
     * @return {@code height} rows of {@code width} train ids, which the next call overwrites
     * @throws InputException if the file cannot be read, has another size, or holds an id that the
     *     label set does not know
     */
    public ByteBuffer read(Path file, int width, int height) {
        return ByteBuffer.wrap(reader.read(file, width, height));
    }
}
