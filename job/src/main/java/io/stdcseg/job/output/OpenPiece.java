// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.frame.Frame;
import io.stdcseg.frame.SegmentedFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A piece that a writer is at. */
final class OpenPiece {

    private final Frame first;
    private final String file;
    private final SegmentFormat.PieceFile output;
    private long frames;
    private Frame last;

    OpenPiece(OutputFolder folder, SegmentFormat format, Frame first) throws IOException {
        this.first = first;
        // Every attempt has names of its own: one that lost its connection may still be writing.
        this.file =
                folder.newStaged(
                        String.format(
                                "%s-%d-%09d-%s.mp4",
                                first.stream(),
                                first.range(),
                                first.index(),
                                UUID.randomUUID().toString().substring(0, 8)));
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        this.output = format.create(path, first.info());
    }

    void add(SegmentedFrame frame) throws IOException {
        output.add(frame);
        frames++;
        last = frame.frame();
    }

    /** Finishes the file. */
    Segment.Piece finish() throws IOException {
        output.close();
        return new Segment.Piece(
                first.range(),
                first.index(),
                file,
                frames,
                first.pts(),
                last.pts(),
                last.pts() + (last.duration() > 0 ? last.duration() : nominalDuration()),
                first.info(),
                first.name() == null);
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
