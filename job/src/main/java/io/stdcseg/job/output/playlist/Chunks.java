// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Scratch;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.video.SegmentFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.core.memory.DataInputView;

/** Masked video of all streams as files of equal length, each published when it is complete. */
public final class Chunks implements RunningOutput {

    private final OutputFolder folder;
    private final SegmentFormat format;
    private final Duration length;
    private final Set<String> live;
    private final Set<String> streams;

    /**
     * @param length of each but the last, up to a segment more
     * @param live names of the streams that come from no file
     * @param streams names of those that are known beforehand
     */
    public Chunks(
            OutputFolder folder,
            SegmentFormat format,
            Duration length,
            Set<String> live,
            Set<String> streams) {
        this.folder = folder;
        this.format = format;
        this.length = length;
        this.live = Set.copyOf(live);
        this.streams = Set.copyOf(streams);
    }

    @Override
    public OutputFolder folder() {
        return folder;
    }

    @Override
    public String staging() {
        return folder.staging();
    }

    /** A chunk that is published at its end may be longer when somebody goes on. */
    @Override
    public boolean holdsSegments() {
        return false;
    }

    @Override
    public void removeEarlier() throws IOException {
        for (String stream : streams) {
            StreamChunks.removeFrom(0, folder, stream, format);
        }
    }

    @Override
    public StreamChunks begin(String stream, Scratch scratch) {
        return new StreamChunks(folder, scratch, stream, format, seconds(), live.contains(stream));
    }

    /** Whether a chunk takes no more segments behind the last. */
    public boolean isWhole(Committable.Segment first, Committable.Segment last) {
        return StreamChunks.isWhole(first, last, seconds());
    }

    /** Where a stream's chunk goes, by its number from 0 on. */
    public Path file(String stream, int number) {
        return folder.chunk(stream, number, format.ending());
    }

    private double seconds() {
        return length.toNanos() / 1e9;
    }

    @Override
    public StreamChunks goOn(String stream, Scratch scratch, DataInputView state)
            throws IOException {
        return begin(stream, scratch).restore(state);
    }
}
