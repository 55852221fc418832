// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.error.InputException;
import io.stdcseg.file.FileNames;
import io.stdcseg.frame.Rational;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.job.source.plan.Recordings.Recording;
import io.stdcseg.picture.PictureReader;
import io.stdcseg.store.StorePaths;
import io.stdcseg.video.live.LiveAddress;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Planner of sources: turns what users give into streams, each with a name of its own. Looks at the
 * file system, opens no file.
 */
final class SourcePlanner {

    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):.*");
    private final OnError onError;
    private final Rational rate;
    private final boolean recordingsApart;
    private final boolean follow;
    private final StreamNames names = new StreamNames(List.of());
    private final List<PlannedStream> streams = new ArrayList<>();
    private final Map<String, KnownLabels> labels = new HashMap<>();

    /**
     * @param rate of pictures a second; null for what is usual, and a recording's own
     * @param follow whether videos that are files are still growing
     * @param recordingsApart whether folders of data sets become streams of their recordings
     */
    SourcePlanner(OnError onError, Rational rate, boolean recordingsApart, boolean follow) {
        this.onError = onError;
        this.rate = rate;
        this.recordingsApart = recordingsApart;
        this.follow = follow;
    }

    /** Labels that lie where their data set has them, by the names of the planned streams. */
    Map<String, KnownLabels> labels() {
        return labels;
    }

    List<PlannedStream> plan(List<String> sources) {
        if (sources.isEmpty()) {
            throw new InputException("no source is given; at least one is needed");
        }
        for (String source : sources) {
            try {
                add(source);
            } catch (InputException e) {
                if (!onError.leavesSourcesOut()) {
                    throw e;
                }
                String name = names.unique(nameOf(source));
                streams.add(PlannedStream.unreadable(name, source, e.getMessage()));
            }
        }
        return streams;
    }

    /**
     * What is watched of a source; null if it is a file, to which nothing is added.
     *
     * @throws InputException if it does not exist
     */
    static WatchedSources.Source watched(String source) {
        if (LiveAddress.isLive(source)) {
            return null;
        }
        String local = localPath(source);
        Path path = path(local);
        StorePaths.requireReachable(path);
        if (Files.isDirectory(path)) {
            return new WatchedSources.Source(source, path.toString(), null);
        }
        if (Files.exists(path) || !FileFinder.isGlob(local)) {
            return null;
        }
        Path base = FileFinder.globBase(local);
        String pattern = FileFinder.belowBase(local);
        FileFinder.glob(base, pattern, source); // Refused now, not when the job runs.
        return new WatchedSources.Source(source, base.toString(), pattern);
    }

    private void add(String source) {
        LiveAddress address = LiveAddress.of(source);
        if (address != null) {
            // Not opened: it may be away just now.
            streams.add(PlannedStream.live(names.unique(address.name()), address));
            return;
        }
        String local = localPath(source);
        Path path = path(local);
        StorePaths.requireReachable(path);
        // A file may be called what a glob looks like.
        if (Files.exists(path)) {
            addExisting(path, source);
        } else if (FileFinder.isGlob(local)) {
            addGlob(local, source);
        } else {
            throw new InputException("source '" + source + "' does not exist");
        }
    }

    private void addExisting(Path path, String source) {
        if (!Files.isReadable(path)) {
            throw new InputException("source '" + source + "' is not readable");
        }
        if (Files.isDirectory(path)) {
            addFolder(path, source);
        } else if (!Files.isRegularFile(path)) {
            throw new InputException(
                    "source '"
                            + source
                            + "' is a pipe or device, which is not supported; files and"
                            + " directories are");
        } else if (PictureReader.isPicture(path) && !PictureReader.isAnimation(path)) {
            addPictures(stem(path), source, path.getParent(), List.of(path));
        } else if (follow) {
            streams.add(
                    PlannedStream.live(
                            names.unique(stem(path)), LiveAddress.follow(path.toString())));
        } else {
            streams.add(PlannedStream.video(names.unique(stem(path)), path.toString()));
        }
    }

    private void addFolder(Path path, String source) {
        List<Recording> recordings = recordingsApart ? Recordings.find(path, source) : List.of();
        if (!recordings.isEmpty()) {
            recordings.forEach(recording -> add(recording, source));
            return;
        }
        List<Path> pictures = FileFinder.pictures(path, source);
        if (pictures.isEmpty()) {
            throw new InputException(
                    "source '"
                            + source
                            + "' is a directory without pictures ("
                            + PictureReader.ENDINGS
                            + "); videos are given as files or as a glob");
        }
        addPictures(fileName(path), source, path, pictures);
    }

    private void add(Recording recording, String source) {
        boolean timed = recording.isTimed();
        Rational own = timed ? recording.set().rate() : PictureTiming.USUAL_RATE;
        PlannedStream stream =
                PlannedStream.pictures(
                        names.unique(recording.name()),
                        timed ? recording.folder().toString() : source,
                        recording.folder().toString(),
                        relative(recording.folder(), recording.pictures()),
                        new PictureTiming(rate == null ? own : rate, recording.ticks()));
        streams.add(stream);
        if (recording.labels() != null) {
            labels.put(stream.name(), recording.labels());
        }
    }

    private void addGlob(String pattern, String source) {
        List<Path> files = FileFinder.glob(pattern, source);
        if (files.isEmpty()) {
            throw new InputException("source '" + source + "' matches no file");
        }
        List<Path> pictures = files.stream().filter(PictureReader::isPicture).toList();
        if (!pictures.isEmpty()) {
            Path base = FileFinder.globBase(pattern);
            addPictures(fileName(base), source, base, pictures);
        }
        for (Path file : files) {
            if (!PictureReader.isPicture(file)) {
                streams.add(PlannedStream.video(names.unique(stem(file)), file.toString()));
            }
        }
    }

    private void addPictures(String name, String source, Path folder, List<Path> files) {
        streams.add(
                PlannedStream.pictures(
                        names.unique(name),
                        source,
                        folder.toString(),
                        relative(folder, files),
                        PictureTiming.even(rate == null ? PictureTiming.USUAL_RATE : rate)));
    }

    private static List<String> relative(Path folder, List<Path> files) {
        return files.stream().map(file -> folder.relativize(file).toString()).toList();
    }

    private static String nameOf(String source) {
        String plain = source.replaceAll("[*?\\[\\]{}:]", "_").replaceAll("/+$", "");
        return withoutEnding(plain.substring(plain.lastIndexOf('/') + 1));
    }

    private static String stem(Path file) {
        return withoutEnding(fileName(file));
    }

    private static String withoutEnding(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String fileName(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    private static String localPath(String source) {
        Matcher matcher = SCHEME.matcher(source);
        if (!matcher.matches()) {
            return source;
        }
        Path local = local(source);
        if (Files.exists(local)) {
            return local.toString();
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        if (scheme.equals("file")) {
            return fileUri(source);
        }
        return source;
    }

    private static String fileUri(String source) {
        try {
            return Path.of(URI.create(source)).toString();
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            // Globs and spaces are not legal in a URI, but users write them.
            String path = source.substring("file:".length());
            return path.startsWith("///") ? path.substring(2) : path;
        }
    }

    private static Path path(String local) {
        return StorePaths.isStored(local)
                ? StorePaths.path(local).toAbsolutePath().normalize()
                : local(local);
    }

    private static Path local(String path) {
        try {
            return Path.of(path).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new InputException("source: " + FileNames.refused(e).getMessage(), e);
        }
    }
}
