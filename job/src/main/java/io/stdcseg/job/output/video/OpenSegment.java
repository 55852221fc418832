// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.file.DurableFiles;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.video.live.LiveAddress;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;

/** Segment of video that is being written. */
final class OpenSegment {

    private final Frame first;
    private final String file;
    private final Path folder;
    private final SegmentFormat.SegmentFile output;
    private long frames;
    private Frame last;

    OpenSegment(OutputFolder root, SegmentFormat format, Frame first) throws IOException {
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
        Path path = root.resolve(file);
        this.folder = path.getParent();
        createInStaging(folder);
        this.output = format.create(path, first.info());
    }

    /** Makes a folder, but not the one that it is in: that goes when the job is over. */
    private static void createInStaging(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            return; // another slot was faster
        }
        DurableFiles.fsyncFolder(folder.getParent());
    }

    /** Whether a frame is like those in the segment: a live stream may come back as another. */
    boolean takes(Frame frame) {
        return frame.info().equals(first.info());
    }

    void add(SegmentedFrame frame) throws IOException {
        output.add(frame);
        frames++;
        last = frame.frame();
    }

    /** Finishes the file, which is then there also if the machine stops. */
    Committable.Segment finish() throws IOException {
        output.close();
        DurableFiles.fsyncFolder(folder);
        return new Committable.Segment(
                first.range(),
                first.index(),
                file,
                frames,
                first.pts(),
                last.pts(),
                last.pts() + (last.duration() > 0 ? last.duration() : nominalDuration()),
                first.info(),
                first.name() == null && !LiveAddress.isLive(first.info().source()));
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
