// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import io.stdcseg.error.InputException;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Scratch;
import io.stdcseg.job.output.commit.Committable;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.metrics.MetricGroup;

/** Output of streams that is published while they run, segment by segment. */
public interface RunningOutput extends Serializable {

    /** Name of the staging folder whose segments are this output's alone. */
    String staging();

    /** Removes what an earlier run left of the streams that are known beforehand. */
    void removeEarlier() throws IOException;

    /**
     * Begins a stream.
     *
     * @param scratch where files grow that go to a store
     */
    Stream begin(String stream, Scratch scratch);

    /** Goes on with a stream as {@link Stream#write} wrote it. */
    Stream goOn(String stream, Scratch scratch, DataInputView state) throws IOException;

    /**
     * Whether a segment that is published is needed no more by anybody who goes on from an earlier
     * savepoint.
     */
    boolean holdsSegments();

    /** Adds what there is to measure. */
    default void measure(MetricGroup metrics) {}

    /** Folder that the output lies in. */
    OutputFolder folder();

    /**
     * One stream's output. Every method may be called again with the same after a failure, on what
     * is there then. Used by one thread.
     */
    interface Stream {

        /**
         * Takes the next segment, which a completed checkpoint covers.
         *
         * @throws InputException if its file is gone
         */
        void add(Committable.Segment segment) throws IOException;

        /**
         * Shows viewers what there is.
         *
         * @param over whether nothing more will come
         * @param now milliseconds since 1970
         */
        void publish(boolean over, long now) throws IOException;

        /**
         * Takes out how long segments took that are published now and were taken from live streams.
         */
        default List<PlaylistTiming> takeTimings() {
            return List.of();
        }

        /** Takes out the segments' files that are needed no more once a checkpoint knows so. */
        List<String> takeUnneeded();

        /** Whether there is nothing to do any more when the stream is over. */
        boolean settled();

        /** Writes its state, whose size does not depend on how long the stream has run. */
        void write(DataOutputView out) throws IOException;
    }
}
