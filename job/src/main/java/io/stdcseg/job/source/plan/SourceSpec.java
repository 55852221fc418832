// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import java.io.Serializable;
import java.util.List;

/**
 * Source of a job once planned: its streams, and which of their frames are read.
 *
 * @param streams in the order they are handed out
 */
public record SourceSpec(List<PlannedStream> streams, ReadOptions options) implements Serializable {

    public SourceSpec {
        streams = List.copyOf(streams);
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
        return new SourceSpec(new SourcePlanner(options.onError()).plan(sources), options);
    }

    /** Whether a source that is no file holds characters that only globs give a meaning. */
    public static boolean isGlob(String source) {
        return FileFinder.isGlob(source);
    }
}
