// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Frame;
import io.stdcseg.label.LabelSet;
import io.stdcseg.video.LabelFolder;
import io.stdcseg.video.MaskFileReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of frames in a {@link LabelFolder}: those of pictures by name, in a folder with the
 * stream's name first. A video frame's label is named with the frame's index, such as {@code
 * 000123.png}, in a folder with the stream's name or directly in the store's. For one thread at a
 * time.
 */
final class LabelStore {

    private final LabelFolder labels;
    private final MaskFileReader reader = new MaskFileReader();
    private final Map<String, Map<Long, Path>> byIndex = new HashMap<>();

    private LabelStore(LabelFolder labels) {
        this.labels = labels;
        labels.files().forEach(this::add);
    }

    /**
     * Looks through a folder; pictures are read when their frames come.
     *
     * @throws InputException if it is no folder or holds no PNG file
     */
    static LabelStore open(Path folder, LabelSet labelSet) {
        return new LabelStore(LabelFolder.open(folder, labelSet));
    }

    private void add(Path file) {
        String stem = LabelFolder.stem(file);
        if (!stem.isEmpty() && stem.length() <= 18 && stem.chars().allMatch(Character::isDigit)) {
            String parent = file.getParent().equals(labels.folder()) ? "" : folderName(file);
            byIndex.computeIfAbsent(parent, key -> new HashMap<>())
                    .putIfAbsent(Long.parseLong(stem), file);
        }
    }

    private static String folderName(Path file) {
        return file.getParent().getFileName().toString();
    }

    /** The file with a frame's label; null if it has none. */
    Path find(Frame frame) {
        return frame.name() == null
                ? find(frame.stream(), frame.index())
                : find(frame.stream(), frame.name());
    }

    private Path find(String stream, long index) {
        for (String parent : List.of(stream, "")) {
            Path file = byIndex.getOrDefault(parent, Map.of()).get(index);
            if (file != null) {
                return file;
            }
        }
        return null;
    }

    private Path find(String stream, String name) {
        Path ofStream = labels.at(stream + "/" + name);
        return ofStream == null ? labels.find(name) : ofStream;
    }

    /**
     * Reads a label picture as train ids.
     *
     * @return {@code height} rows of {@code width} train ids, which the next call overwrites
     * @throws InputException if the file cannot be read, has another size, or holds an id that the
     *     label set does not know
     */
    ByteBuffer read(Path file, int width, int height) {
        return ByteBuffer.wrap(labels.read(file, width, height, reader));
    }
}
