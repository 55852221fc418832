// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Scratch;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.video.live.LiveAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;

/** Segment of video that is being written. */
final class OpenSegment {

    private final Frame first;
    private final String file;
    private final Path path;
    private final Scratch scratch;
    private final Path draft;
    private final SegmentFormat.SegmentFile output;
    private final FrameSteps steps = new FrameSteps();
    private long frames;
    private Frame last;
    private String weights;

    /**
     * @param scratch where it grows if it goes to a store
     */
    OpenSegment(OutputFolder root, Scratch scratch, SegmentFormat format, Frame first)
            throws IOException {
        this.first = first;
        // Every attempt has names of its own: one that lost its connection may still be writing.
        this.file =
                SegmentFolder.newFile(
                        root,
                        first.stream(),
                        String.format(
                                Locale.ROOT,
                                "%06d-%09d-%s.mp4",
                                first.range(),
                                first.index(),
                                UUID.randomUUID().toString().substring(0, 8)));
        this.path = root.resolve(file);
        this.scratch = scratch;
        this.draft = scratch.draft(path);
        this.output = format.create(draft, first.info());
    }

    /**
     * Whether a frame may follow: it is like those before it, comes after them, and the segment
     * would not be too long. A live stream changes its size and its clock as it likes.
     */
    boolean takes(Frame next, double longestSeconds) {
        if (last == null) {
            return true;
        }
        long end = next.pts() + Math.max(0, next.duration());
        return next.pts() > last.pts()
                && next.info().seconds(end - first.pts()) <= longestSeconds
                && next.info().equals(first.info());
    }

    void add(SegmentedFrame frame) throws IOException {
        output.add(frame);
        // The same for all of a segment: it ends at a checkpoint, where weights change.
        weights = frame.weights();
        frames++;
        if (last != null) {
            steps.add(frame.frame().pts() - last.pts());
        }
        last = frame.frame();
    }

    /** Finishes the file, which is then there also if the machine stops. */
    Committable.Segment finish() throws IOException {
        output.close();
        try {
            scratch.finish(draft, path);
        } catch (IOException e) {
            throw AtomicFile.unwritable(path, e);
        }
        long duration = last.duration() > 0 ? last.duration() : nominalDuration();
        return new Committable.Segment(
                first.range(),
                first.index(),
                file,
                frames,
                first.pts(),
                last.pts(),
                last.pts() + duration,
                // Where not every frame is segmented they are further apart than one is long.
                Math.max(duration, steps.median()),
                first.info(),
                first.name() == null && !LiveAddress.isLive(first.info().source()),
                weights);
    }

    private long nominalDuration() {
        double seconds = 1 / first.info().frameRate().value();
        return Math.round(seconds / first.info().timeBase().value());
    }

    /** Removes the file. */
    void abandon() throws IOException {
        output.abandon();
    }
}
