// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Rational;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import io.stdcseg.video.live.LiveAddress;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Source of a job once planned: its streams, and which of their frames are read.
 *
 * @param streams in the order they are handed out
 * @param labels that lie where their data set has them, by the names of their streams
 * @param watched sources of streams that are found while the job runs
 */
public record SourceSpec(
        List<PlannedStream> streams,
        ReadOptions options,
        Map<String, KnownLabels> labels,
        WatchedSources watched)
        implements Serializable {

    public SourceSpec {
        streams = List.copyOf(streams);
        labels = Map.copyOf(labels);
    }

    /** A source of streams without labels. */
    public SourceSpec(List<PlannedStream> streams, ReadOptions options) {
        this(streams, options, Map.of(), WatchedSources.NONE);
    }

    /**
     * Finds the streams that sources name: a video file, a glob ({@code dir/*.mp4}, {@code
     * dir/**}), a directory of pictures, a picture; as a path or a {@code file:} URI.
     *
     * <p>Pictures become one stream per directory or glob, in natural order ({@code 2} before
     * {@code 10}); nested folders follow each other. Everything else is taken for a video.
     *
     * @throws io.stdcseg.error.InputException if a source cannot be used and errors are not skipped
     */
    public static SourceSpec plan(List<String> sources, ReadOptions options) {
        return plan(sources, options, new SourcePlanner(options.onError(), null, false, false));
    }

    /**
     * The same, but directories that {@link RecordingSet}s lie in become a stream for each
     * recording, at its own rate.
     *
     * @param rate of pictures a second; null for what is usual, and a recording's own
     */
    public static SourceSpec planRecordings(
            List<String> sources, ReadOptions options, Rational rate) {
        return plan(sources, options, new SourcePlanner(options.onError(), rate, true, false));
    }

    /** The same, but videos that are files are still growing. */
    public static SourceSpec follow(List<String> sources, ReadOptions options, Rational rate) {
        return plan(sources, options, new SourcePlanner(options.onError(), rate, true, true));
    }

    private static SourceSpec plan(
            List<String> sources, ReadOptions options, SourcePlanner planner) {
        return new SourceSpec(
                planner.plan(sources), options, planner.labels(), WatchedSources.NONE);
    }

    /**
     * The same, but what is added to directories and globs is found while the job runs, and so is
     * what they hold already. A directory is watched for files and folders in it.
     *
     * @throws io.stdcseg.error.InputException if no source is a directory or glob, too
     */
    public static SourceSpec watch(List<String> sources, ReadOptions options, Rational rate) {
        List<WatchedSources.Source> watched = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (String source : sources) {
            WatchedSources.Source one = SourcePlanner.watched(source);
            if (one == null) {
                files.add(source);
            } else {
                watched.add(one);
            }
        }
        if (watched.isEmpty()) {
            throw new InputException(
                    "--watch has nothing to watch: "
                            + String.join(", ", sources)
                            + "; a source that is a directory or a glob is needed");
        }
        SourceSpec fixed =
                files.isEmpty()
                        ? new SourceSpec(List.of(), options)
                        : planRecordings(files, options, rate);
        return new SourceSpec(
                fixed.streams(), options, fixed.labels(), new WatchedSources(watched, rate));
    }

    /** Whether some streams are live, so that they go on until they are stopped. */
    public boolean hasLive() {
        return live().findAny().isPresent();
    }

    /** Addresses of the live streams. */
    public List<LiveAddress> liveAddresses() {
        return live().map(stream -> LiveAddress.of(stream.path())).toList();
    }

    /** Names of the live streams, whose time counts from 1970. */
    public Set<String> liveNames() {
        return live().map(PlannedStream::name).collect(Collectors.toSet());
    }

    /** Names of the live streams that leave frames out rather than wait. */
    public Set<String> hurriedNames() {
        return live().filter(stream -> !LiveAddress.of(stream.path()).protocol().isLossless())
                .map(PlannedStream::name)
                .collect(Collectors.toSet());
    }

    private Stream<PlannedStream> live() {
        return streams.stream().filter(stream -> stream.kind() == StreamKind.LIVE);
    }

    /** Whether the job has no end of its own. */
    public boolean endless() {
        return watched.any() || hasLive();
    }

    /** Whether there may be more than one stream. */
    public boolean hasSeveralStreams() {
        return watched.any() || streams.size() > 1;
    }

    /** Names of the streams that are known beforehand. */
    public Set<String> names() {
        return streams.stream().map(PlannedStream::name).collect(Collectors.toSet());
    }

    /** What is read, in words: a name, and how many more there are. */
    public String describe() {
        int known = streams.size() + watched.sources().size();
        String first = streams.isEmpty() ? watched.sources().get(0).name() : streams.get(0).name();
        return first + (known == 1 ? "" : " and " + (known - 1) + " more");
    }

    /** Whether a source that is no file holds characters that only globs give a meaning. */
    public static boolean isGlob(String source) {
        return FileFinder.isGlob(source);
    }
}
