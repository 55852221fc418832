// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.error.InputException;
import io.stdcseg.file.VisibleFiles;
import io.stdcseg.job.source.plan.RecordingSet.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Pictures of data sets that are known by their layout and names, as recordings with labels. */
final class Recordings {

    private Recordings() {}

    /**
     * The recordings of a data set, a split of it, or a folder of its pictures.
     *
     * @param folder absolute
     * @return empty where the folder is none of that
     * @throws InputException if a frame of a recording is there twice
     */
    static List<Recording> find(Path folder, String source) {
        for (List<RecordingFolder> candidates : RecordingFolder.candidates(folder)) {
            List<Recording> found = new ArrayList<>();
            for (RecordingFolder candidate : candidates) {
                found.addAll(recordings(candidate, folder, source));
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private static List<Recording> recordings(RecordingFolder in, Path folder, String source) {
        List<Path> files = FileFinder.pictures(in.pictures(), source);
        Map<Path, List<Numbered>> byRecording = new LinkedHashMap<>();
        for (Path file : files) {
            Place place = in.set().place(stem(file));
            if (place == null) {
                return List.of();
            }
            Path recording = file.resolveSibling(place.recording());
            byRecording
                    .computeIfAbsent(recording, key -> new ArrayList<>())
                    .add(new Numbered(file, place.frame()));
        }
        if (!in.apart()) {
            return files.isEmpty() ? List.of() : List.of(whole(in, folder, files));
        }
        return byRecording.entrySet().stream()
                .map(entry -> apart(in, entry.getKey(), entry.getValue()))
                .toList();
    }

    /** One stream of all pictures, as of any folder: they do not follow each other. */
    private static Recording whole(RecordingFolder in, Path folder, List<Path> files) {
        String name = folder.getFileName().toString();
        return new Recording(
                in.set(), name, in.pictures(), files, List.of(), labels(in, in.pictures()));
    }

    private static Recording apart(RecordingFolder in, Path recording, List<Numbered> frames) {
        List<Numbered> inOrder = new ArrayList<>(frames);
        inOrder.sort(Comparator.comparingLong(Numbered::frame));
        for (int i = 1; i < inOrder.size(); i++) {
            if (inOrder.get(i).frame() == inOrder.get(i - 1).frame()) {
                throw new InputException(
                        "pictures "
                                + inOrder.get(i - 1).file()
                                + " and "
                                + inOrder.get(i).file()
                                + " are both frame "
                                + inOrder.get(i).frame()
                                + " of recording "
                                + recording.getFileName()
                                + "; one is allowed");
            }
        }
        long first = inOrder.get(0).frame();
        return new Recording(
                in.set(),
                recording.getFileName().toString(),
                recording.getParent(),
                inOrder.stream().map(Numbered::file).toList(),
                inOrder.stream().map(numbered -> numbered.frame() - first).toList(),
                labels(in, recording.getParent()));
    }

    /** Null where no label lies. */
    private static KnownLabels labels(RecordingFolder in, Path folder) {
        Path labels = in.labels().resolve(in.pictures().relativize(folder).toString());
        return holdsPictures(labels) ? new KnownLabels(labels.toString(), in.set()) : null;
    }

    private static boolean holdsPictures(Path labels) {
        try {
            return Files.isDirectory(labels)
                    && !VisibleFiles.below(labels, Recordings::isPng).isEmpty();
        } catch (IOException e) {
            throw new InputException(
                    "labels " + labels + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static boolean isPng(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png");
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** Picture with its frame's number in its recording. */
    private record Numbered(Path file, long frame) {}

    /**
     * Recording: pictures that are one stream.
     *
     * @param folder that the pictures lie in
     * @param ticks see {@link PictureTiming}; empty where the pictures do not follow each other
     * @param labels null if there are none
     */
    record Recording(
            RecordingSet set,
            String name,
            Path folder,
            List<Path> pictures,
            List<Long> ticks,
            KnownLabels labels) {

        /** Whether names say when the pictures were taken. */
        boolean isTimed() {
            return !ticks.isEmpty();
        }
    }
}
