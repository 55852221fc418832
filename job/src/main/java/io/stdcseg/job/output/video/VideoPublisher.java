// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Scratch;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.store.StorePaths;
import io.stdcseg.video.track.TrackSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Publisher of masked videos: makes that of a stream appear under its name, at once. */
final class VideoPublisher {

    private final OutputFolder folder;
    private final Scratch scratch;
    private final ManifestPages pages;
    private final SegmentFormat format;
    private final boolean cutAudio;
    private final Set<String> live;
    private final long startedMillis;

    /**
     * @param scratch where a video grows that goes to a store
     * @param cutAudio whether sound is taken only for the time that frames were read of
     * @param live names of the streams that come from no file
     * @param startedMillis when the run began, by the output's file system
     */
    VideoPublisher(
            OutputFolder folder,
            Scratch scratch,
            ManifestPages pages,
            SegmentFormat format,
            boolean cutAudio,
            Set<String> live,
            long startedMillis) {
        this.folder = folder;
        this.scratch = scratch;
        this.pages = pages;
        this.format = format;
        this.cutAudio = cutAudio;
        this.live = live;
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
            if (folder.isRemoved(gone.getParent())
                    && (isOfThisRun(target) || isOfThisRun(firstPart(ledger.stream())))) {
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
        if (live.contains(ledger.stream())) {
            publishParts(segments, target);
        } else {
            format.join(
                    files(segments),
                    segments.get(0).info(),
                    audio(segments.get(0), segments.get(segments.size() - 1)),
                    target,
                    temporary(segments, target));
        }
    }

    /**
     * A live stream may come back in another size, or with its clock turned back: no single file
     * holds that. Then there are several, named as chunks.
     */
    private void publishParts(List<Committable.Segment> segments, Path target) throws IOException {
        List<List<Committable.Segment>> parts = new ArrayList<>();
        Committable.Segment before = null;
        for (Committable.Segment segment : segments) {
            if (before == null || !segment.follows(before)) {
                parts.add(new ArrayList<>());
            }
            parts.get(parts.size() - 1).add(segment);
            before = segment;
        }
        String stream = segments.get(0).stream();
        for (int i = 0; i < parts.size(); i++) {
            List<Committable.Segment> part = parts.get(i);
            Path file = parts.size() == 1 ? target : folder.chunk(stream, i, format.ending());
            format.joinFromZero(files(part), part.get(0).info(), null, file, temporary(part, file));
        }
    }

    private Path firstPart(String stream) {
        return folder.chunk(stream, 0, format.ending());
    }

    private List<Path> files(List<Committable.Segment> segments) {
        return segments.stream().map(segment -> folder.resolve(segment.file())).toList();
    }

    private Path temporary(List<Committable.Segment> segments, Path target) throws IOException {
        Path staged = folder.resolve(segments.get(0).file());
        return scratch.draft(staged.resolveSibling(target.getFileName()));
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
