// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.frame.Rational;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Source of a job once planned: its streams, and which of their frames are read.
 *
 * @param streams in the order they are handed out
 * @param labels that lie where their data set has them, by the names of their streams
 */
public record SourceSpec(
        List<PlannedStream> streams, ReadOptions options, Map<String, KnownLabels> labels)
        implements Serializable {

    public SourceSpec {
        streams = List.copyOf(streams);
        labels = Map.copyOf(labels);
    }

    /** A source of streams without labels. */
    public SourceSpec(List<PlannedStream> streams, ReadOptions options) {
        this(streams, options, Map.of());
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
        return plan(sources, options, new SourcePlanner(options.onError(), null, false));
    }

    /**
     * The same, but directories that {@link RecordingSet}s lie in become a stream for each
     * recording, at its own rate.
     *
     * @param rate of pictures a second; null for what is usual, and a recording's own
     */
    public static SourceSpec planRecordings(
            List<String> sources, ReadOptions options, Rational rate) {
        return plan(sources, options, new SourcePlanner(options.onError(), rate, true));
    }

    private static SourceSpec plan(
            List<String> sources, ReadOptions options, SourcePlanner planner) {
        return new SourceSpec(planner.plan(sources), options, planner.labels());
    }

    /** Whether a source that is no file holds characters that only globs give a meaning. */
    public static boolean isGlob(String source) {
        return FileFinder.isGlob(source);
    }
}
