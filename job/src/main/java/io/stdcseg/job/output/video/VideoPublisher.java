// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Scratch;
import io.stdcseg.store.StorePaths;
import io.stdcseg.video.track.TrackSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Publisher of masked videos: makes that of a stream appear under its name, at once. */
final class VideoPublisher {

    private final OutputFolder folder;
    private final Scratch scratch;
    private final ManifestPages pages;
    private final SegmentFormat format;
    private final boolean cutAudio;
    private final long startedMillis;

    /**
     * @param scratch where a video grows that goes to a store
     * @param cutAudio whether sound is taken only for the time that frames were read of
     * @param startedMillis when the run began, by the output's file system
     */
    VideoPublisher(
            OutputFolder folder,
            Scratch scratch,
            ManifestPages pages,
            SegmentFormat format,
            boolean cutAudio,
            long startedMillis) {
        this.folder = folder;
        this.scratch = scratch;
        this.pages = pages;
        this.format = format;
        this.cutAudio = cutAudio;
        this.startedMillis = startedMillis;
    }

    /**
     * Publishes a stream, as far as it is there without a gap; once more, if that was done before a
     * failure.
     *
     * @throws InputException if segments are gone and it was not
     */
    void publish(StreamLedger ledger) throws IOException {
        if (!ledger.publishable()) {
            return;
        }
        Path target = folder.video(ledger.stream(), format.ending());
        List<Committable.Segment> segments;
        try {
            segments = ledger.segments(pages);
            requireFiles(segments);
        } catch (NoSuchFileException e) {
            Path gone = StorePaths.path(e.getFile());
            if (folder.isRemoved(gone.getParent()) && isOfThisRun(target)) {
                // Segments go, all of a folder at once, when their stream is published: this
                // attempt goes on from before that.
                return;
            }
            throw new InputException(
                    gone
                            + ", a piece of "
                            + target.getFileName()
                            + ", is gone, which the checkpoint to go on from needs; start anew");
        }
        List<Path> files =
                segments.stream().map(segment -> folder.resolve(segment.file())).toList();
        format.join(
                files,
                segments.get(0).info(),
                audio(segments.get(0), segments.get(segments.size() - 1)),
                target,
                scratch.draft(files.get(0).resolveSibling(target.getFileName())));
    }

    private void requireFiles(List<Committable.Segment> segments) throws NoSuchFileException {
        for (Committable.Segment segment : segments) {
            Path file = folder.resolve(segment.file());
            if (Files.notExists(file)) {
                throw new NoSuchFileException(file.toString());
            }
        }
    }

    /** An earlier run may have left a video of the same name. */
    private boolean isOfThisRun(Path target) throws IOException {
        return Files.exists(target)
                && Files.getLastModifiedTime(target).toMillis() >= startedMillis;
    }

    private TrackSource audio(Committable.Segment first, Committable.Segment last) {
        if (!first.audio()) {
            return null;
        }
        StreamInfo info = first.info();
        Path source = StorePaths.path(info.source());
        if (!cutAudio) {
            return TrackSource.all(source);
        }
        return new TrackSource(source, info.seconds(first.firstPts()), info.seconds(last.endPts()));
    }
}
