// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.label.LabelledFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Folder of a data set's pictures, as the set lays it out; whether they are the set's only their
 * names tell.
 *
 * @param pictures where pictures lie, in it and in folders in it
 * @param labels where their labels lie, in the same folders; may be absent
 * @param apart whether its recordings are streams of their own; if not, the folder is one stream,
 *     as any other folder of pictures
 */
record RecordingFolder(RecordingSet set, Path pictures, Path labels, boolean apart) {

    private static final String SEQUENCES = "leftImg8bit_sequence";
    private static final String STILLS = "leftImg8bit";
    private static final String CITYSCAPES_LABELS = "gtFine";
    private static final List<String> SPLITS = List.of("train", "val", "test");

    /**
     * What the folder of a whole data set, of a split of it, or of the pictures of one may be: the
     * first that is not empty and holds the set's pictures counts.
     *
     * @param folder absolute
     */
    static List<List<RecordingFolder>> candidates(Path folder) {
        return Stream.of(
                        cityscapes(folder, SEQUENCES, true).stream().toList(),
                        cityscapes(folder, STILLS, false).stream().toList(),
                        camvid(folder),
                        camvidSplit(folder).stream().toList(),
                        camvidPictures(folder).stream().toList())
                .filter(folders -> !folders.isEmpty())
                .toList();
    }

    /** The set's folder, its folder of pictures, or any folder in that. */
    private static Optional<RecordingFolder> cityscapes(Path folder, String name, boolean apart) {
        Path below = folder.resolve(name);
        Path pictures = Files.isDirectory(below) ? below : folder;
        int last = pictures.getNameCount() - 1;
        return IntStream.rangeClosed(0, last)
                .map(i -> last - i)
                .filter(i -> pictures.getName(i).toString().equals(name))
                .mapToObj(i -> replaced(pictures, i))
                .map(
                        labels ->
                                new RecordingFolder(
                                        RecordingSet.CITYSCAPES, pictures, labels, apart))
                .findFirst();
    }

    /** The folder of labels beside that of pictures which is part {@code i} of a path. */
    private static Path replaced(Path path, int i) {
        Path labels = i == 0 ? path.getRoot() : path.getRoot().resolve(path.subpath(0, i));
        labels = labels.resolve(CITYSCAPES_LABELS);
        return i + 1 == path.getNameCount()
                ? labels
                : labels.resolve(path.subpath(i + 1, path.getNameCount()));
    }

    /** The set's folder: all splits. */
    private static List<RecordingFolder> camvid(Path folder) {
        List<RecordingFolder> found = new ArrayList<>();
        for (String split : SPLITS) {
            LabelledFolders.usual(folder, split).ifPresent(f -> found.add(camvid(f, true)));
        }
        return found;
    }

    /** The folder of a split, or of its pictures where they lie nowhere else. */
    private static Optional<RecordingFolder> camvidSplit(Path folder) {
        return splits(folder)
                .filter(folders -> folders.images().startsWith(folder))
                .map(folders -> camvid(folders, true))
                .findFirst();
    }

    /** The folder of pictures in that of a split. */
    private static Optional<RecordingFolder> camvidPictures(Path folder) {
        return Stream.ofNullable(folder.getParent())
                .flatMap(RecordingFolder::splits)
                .filter(folders -> folders.images().equals(folder))
                .map(folders -> camvid(folders, false))
                .findFirst();
    }

    /** The split that a folder's name says, of the set in whose folder it may lie. */
    private static Stream<LabelledFolders> splits(Path folder) {
        return Stream.iterate(folder.getParent(), path -> path != null, Path::getParent)
                .limit(2)
                .flatMap(
                        data ->
                                LabelledFolders.usual(data, folder.getFileName().toString())
                                        .stream());
    }

    private static RecordingFolder camvid(LabelledFolders folders, boolean apart) {
        return new RecordingFolder(RecordingSet.CAMVID, folders.images(), folders.labels(), apart);
    }
}
