// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Frame;
import io.stdcseg.label.LabelSet;
import io.stdcseg.video.MaskFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
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
 * {@code x_gtFine_labelIds}. A video frame's label is named with the frame's index, such as {@code
 * 000123.png}, in a folder with the stream's name or directly in the store's.
 */
final class LabelStore {

    private static final String ENDING = ".png";
    private static final String CITYSCAPES_PICTURE = "_leftImg8bit";
    private static final String CITYSCAPES_LABEL = "_gtFine_labelIds";

    private final Path folder;
    private final LabelSet labelSet;
    private final Map<String, Path> byName = new HashMap<>();
    private final Map<String, Map<Long, Path>> byIndex = new HashMap<>();

    private LabelStore(Path folder, LabelSet labelSet) {
        this.folder = folder;
        this.labelSet = labelSet;
    }

    /**
     * Looks through a folder; pictures are read when their frames come.
     *
     * @throws InputException if it is no folder or holds no PNG file
     */
    static LabelStore open(Path folder, LabelSet labelSet) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    "labels " + folder + " is not a directory; a directory of PNG files is needed");
        }
        LabelStore store = new LabelStore(folder, labelSet);
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(LabelStore::isPng).sorted().forEach(store::add);
        } catch (IOException e) {
            throw new InputException(
                    "labels " + folder + " cannot be listed: " + e.getMessage(), e);
        }
        if (store.byName.isEmpty()) {
            throw new InputException("labels " + folder + " holds no PNG file");
        }
        return store;
    }

    private static boolean isPng(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
    }

    private void add(Path file) {
        String fileName = file.getFileName().toString();
        String stem = fileName.substring(0, fileName.length() - ENDING.length());
        byName.putIfAbsent(stem, file);
        if (!stem.isEmpty() && stem.length() <= 18 && stem.chars().allMatch(Character::isDigit)) {
            String parent = file.getParent().equals(folder) ? "" : folderName(file);
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
        for (Path parent : List.of(folder.resolve(stream), folder)) {
            Path atSamePlace = parent.resolve(name + ENDING);
            if (Files.isRegularFile(atSamePlace)) {
                return atSamePlace;
            }
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
     * @return {@code height} rows of {@code width} train ids
     * @throws InputException if the file cannot be read, has another size, or holds an id that the
     *     label set does not know
     */
    ByteBuffer read(Path file, int width, int height) {
        MaskFiles.Ids picture = MaskFiles.read(file);
        if (picture.width() != width || picture.height() != height) {
            throw new InputException(
                    "label "
                            + file
                            + " is "
                            + picture.width()
                            + "x"
                            + picture.height()
                            + ", its frame "
                            + width
                            + "x"
                            + height
                            + "; they must be equal");
        }
        return ByteBuffer.wrap(translate(file, picture.ids()));
    }

    private byte[] translate(Path file, byte[] ids) {
        Map<Byte, Byte> known = new HashMap<>();
        byte[] trainIds = new byte[ids.length];
        byte lastId = 0;
        byte lastTrainId = 0;
        for (int i = 0; i < ids.length; i++) {
            if (i == 0 || ids[i] != lastId) {
                lastId = ids[i];
                lastTrainId = known.computeIfAbsent(lastId, id -> (byte) trainId(file, id & 255));
            }
            trainIds[i] = lastTrainId;
        }
        return trainIds;
    }

    private int trainId(Path file, int id) {
        try {
            return labelSet.trainId(id);
        } catch (InputException e) {
            throw new InputException("label " + file + ": " + e.getMessage(), e);
        }
    }
}
