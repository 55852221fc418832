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

/** How masked frames become pieces of a video, and pieces the video. */
public interface SegmentFormat extends Serializable {

    /** Begins a piece. */
    PieceFile create(Path file, StreamInfo info) throws IOException;

    /**
     * Makes one video of pieces; it appears under its name at once.
     *
     * @param pieces in order
     * @param audio sound that the video gets, null for none
     * @param temporary where the video grows; on the same file system
     */
    void join(List<Path> pieces, StreamInfo info, TrackSource audio, Path output, Path temporary)
            throws IOException;

    /** A piece being written. Used by one thread. */
    interface PieceFile extends AutoCloseable {

        /** Adds a frame with its mask drawn into it; does not close it. */
        void add(SegmentedFrame frame) throws IOException;

        /** Finishes the file, down to the disk. */
        @Override
        void close() throws IOException;

        /** Gives up, and deletes the file. */
        void abandon() throws IOException;
    }
}
