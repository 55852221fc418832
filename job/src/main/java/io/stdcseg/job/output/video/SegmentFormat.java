// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.track.TrackSource;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/** Format of a masked video: how frames become segments, and segments the video. */
public interface SegmentFormat extends Serializable {

    /** Ending of the video's name, without a dot. */
    String ending();

    /** Begins a segment. */
    SegmentFile create(Path file, StreamInfo info) throws IOException;

    /**
     * Makes one video of segments; it appears under its name at once.
     *
     * @param segments in order
     * @param audio sound that the video gets, null for none
     * @param temporary where the video grows; on the same file system
     */
    void join(List<Path> segments, StreamInfo info, TrackSource audio, Path output, Path temporary)
            throws IOException;

    /** The same for a video whose time begins at 0, whatever the segments' does. */
    default void joinFromZero(
            List<Path> segments, StreamInfo info, TrackSource audio, Path output, Path temporary)
            throws IOException {
        join(segments, info, audio, output, temporary);
    }

    /** A segment being written. Used by one thread. */
    interface SegmentFile extends AutoCloseable {

        /** Adds a frame with its mask drawn into it; does not close it. */
        void add(SegmentedFrame frame) throws IOException;

        /** Finishes the file, down to the disk. */
        @Override
        void close() throws IOException;

        /** Gives up, and deletes the file. */
        void abandon() throws IOException;
    }
}
