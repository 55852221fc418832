// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Scratch;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.commit.CommittableSerializer;
import io.stdcseg.job.output.video.SegmentFormat;
import io.stdcseg.store.StorePaths;
import io.stdcseg.video.track.TrackSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Masked video of one stream as files of equal length, whose times begin at 0. A new one begins,
 * too, where the stream changes its size or its clock goes back. State holds the segments of the
 * one that grows.
 */
final class StreamChunks implements RunningOutput.Stream {

    private final OutputFolder folder;
    private final Scratch scratch;
    private final String stream;
    private final SegmentFormat format;
    private final double seconds;
    private final boolean live;

    private final List<Committable.Segment> open = new ArrayList<>();
    private final List<String> unneeded = new ArrayList<>();
    private int number;
    private boolean tidied;

    /**
     * @param scratch where a file grows that goes to a store
     * @param live whether the stream's source is no file, which has sound
     */
    StreamChunks(
            OutputFolder folder,
            Scratch scratch,
            String stream,
            SegmentFormat format,
            double seconds,
            boolean live) {
        this.folder = folder;
        this.scratch = scratch;
        this.stream = stream;
        this.format = format;
        this.seconds = seconds;
        this.live = live;
    }

    @Override
    public void add(Committable.Segment segment) throws IOException {
        if (!open.isEmpty() && !segment.follows(open.get(open.size() - 1))) {
            publishOpen();
        }
        open.add(segment);
        if (isWhole(open.get(0), segment, seconds)) {
            publishOpen();
        }
    }

    /** Whether a chunk with these segments takes no more. */
    static boolean isWhole(Committable.Segment first, Committable.Segment last, double seconds) {
        return last.info().seconds(last.endPts() - first.firstPts()) >= seconds;
    }

    @Override
    public void publish(boolean over, long now) throws IOException {
        if (over && !open.isEmpty()) {
            publishOpen();
        }
    }

    private void publishOpen() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Committable.Segment segment : open) {
            Path file = folder.resolve(segment.file());
            if (Files.notExists(file)) {
                throw new InputException(
                        file
                                + ", a piece of "
                                + target().getFileName()
                                + ", is gone, which the checkpoint to go on from needs; start"
                                + " anew");
            }
            files.add(file);
        }
        Committable.Segment first = open.get(0);
        format.joinFromZero(
                files,
                first.info(),
                sound(first, open.get(open.size() - 1)),
                target(),
                scratch.draft(files.get(0).resolveSibling(target().getFileName())));
        number++;
        open.forEach(segment -> unneeded.add(segment.file()));
        open.clear();
        if (!tidied) {
            tidied = true;
            removeFrom(number, folder, stream, format);
        }
    }

    private Path target() {
        return folder.chunk(stream, number, format.ending());
    }

    private TrackSource sound(Committable.Segment first, Committable.Segment last) {
        if (live || !first.audio()) {
            return null;
        }
        StreamInfo info = first.info();
        return new TrackSource(
                StorePaths.path(info.source()),
                info.seconds(first.firstPts()),
                info.seconds(last.endPts()));
    }

    /** Removes what an earlier run, or an attempt that is given up, published from a number on. */
    static void removeFrom(int number, OutputFolder folder, String stream, SegmentFormat format)
            throws IOException {
        for (int later = number;
                Files.deleteIfExists(folder.chunk(stream, later, format.ending()));
                later++) {
            // Numbers have no gaps.
        }
    }

    @Override
    public List<String> takeUnneeded() {
        List<String> files = List.copyOf(unneeded);
        unneeded.clear();
        return files;
    }

    @Override
    public boolean settled() {
        return true;
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        out.writeInt(number);
        out.writeInt(open.size());
        for (Committable.Segment segment : open) {
            CommittableSerializer.write(segment, out);
        }
    }

    /** Goes on from what {@link #write} wrote. */
    StreamChunks restore(DataInputView in) throws IOException {
        number = in.readInt();
        for (int i = in.readInt(); i > 0; i--) {
            open.add((Committable.Segment) CommittableSerializer.read(in));
        }
        return this;
    }
}
