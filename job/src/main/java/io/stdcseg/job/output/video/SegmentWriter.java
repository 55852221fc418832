// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.error.InputException;
import io.stdcseg.file.DurableFiles;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElement.StreamEnd;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.function.telemetry.Durations;
import io.stdcseg.job.output.CleanUp;
import io.stdcseg.job.output.LatestAttempt;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Scratch;
import io.stdcseg.job.output.WriterMetrics;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.commit.CommittableSerializer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Operator that writes masked frames to segments of video in the staging folder, and tells the
 * committer of each.
 *
 * <p>The last reader of every frame: gives its pixels back. A segment ends at every checkpoint's
 * barrier, at the end of its range and at the end of input, so that a checkpoint holds whole files
 * and the writer has no state. Runs in the task that has the pixels.
 */
public final class SegmentWriter extends AbstractStreamOperator<Committable>
        implements OneInputStreamOperator<FrameElement, Committable>, BoundedOneInput {

    /** What becomes playlists: segments of their own, and the ends of ranges and streams. */
    public static final OutputTag<Committable> PLAYLISTS =
            new OutputTag<>("playlists", CommittableSerializer.TYPE);

    private final OutputFolder folder;
    private final SegmentFormat format;

    /** Whether segments go to the committer of whole videos. */
    private final boolean videos;

    /** Longest segment of a playlist, in seconds; infinite where there are no playlists. */
    private final double longestSeconds;

    private transient Map<Place, OpenSegment> open;
    private transient WriterMetrics metrics;
    private transient Durations endToEnd;

    private SegmentWriter(
            OutputFolder folder, SegmentFormat format, boolean videos, double longestSeconds) {
        this.folder = folder;
        this.format = format;
        this.videos = videos;
        this.longestSeconds = longestSeconds;
    }

    /** Writes video. */
    public static SegmentWriter video(OutputFolder folder, SegmentFormat format) {
        return new SegmentWriter(folder, format, true, Double.POSITIVE_INFINITY);
    }

    /**
     * Writes segments for playlists, to {@link #PLAYLISTS}.
     *
     * @param videos whether it writes video besides: the frames are encoded once
     * @param longestSeconds most stream time of a segment
     */
    public static SegmentWriter playlists(
            OutputFolder folder, SegmentFormat format, boolean videos, double longestSeconds) {
        return new SegmentWriter(folder, format, videos, longestSeconds);
    }

    /** Writes nothing: gives pixels back, and lets the committer know when streams end. */
    public static SegmentWriter nothing(OutputFolder folder) {
        return new SegmentWriter(folder, null, false, Double.POSITIVE_INFINITY);
    }

    @Override
    public void open() throws Exception {
        super.open();
        open = new LinkedHashMap<>();
        if (format != null) {
            // Here and not later: who goes on when the job is over finds no folder to write to.
            LatestAttempt.of(getRuntimeContext()).require();
            folder.join();
            DurableFiles.createFolders(folder.resolve(folder.staging()));
            if (playlists()) {
                DurableFiles.createFolders(folder.resolve(folder.playlistStaging()));
            }
            metrics = WriterMetrics.register(getMetricGroup());
        }
        endToEnd = WriterMetrics.endToEnd(getMetricGroup());
    }

    @Override
    public void processElement(StreamRecord<FrameElement> record) throws Exception {
        FrameElement element = record.getValue();
        if (element instanceof SegmentedFrame frame) {
            try (frame) {
                write(frame);
                endToEnd.add(WriterMetrics.sinceDecoded(frame.frame()));
            }
        } else if (element instanceof Frame frame) {
            frame.close();
            throw new IllegalStateException("frame " + frame + " came without a mask");
        } else if (element instanceof RangeEnd end) {
            OpenSegment segment = open.remove(new Place(end.stream(), end.range()));
            if (segment != null) {
                finish(segment);
            }
            long frames = videos ? end.frames() : 0;
            emit(new Committable.RangeDone(end.stream(), end.range(), frames));
            emitToPlaylists(new Committable.RangeDone(end.stream(), end.range(), end.frames()));
        } else if (element instanceof StreamEnd end) {
            Committable done = new Committable.StreamDone(end.stream(), end.ranges(), end.error());
            emit(done);
            emitToPlaylists(done);
        }
    }

    private void write(SegmentedFrame frame) throws IOException {
        if (format == null) {
            return;
        }
        long start = System.nanoTime();
        Place place = new Place(frame.stream(), frame.frame().range());
        try {
            OpenSegment segment = open.get(place);
            if (segment != null && !segment.takes(frame.frame(), longestSeconds)) {
                finish(open.remove(place));
                segment = null;
            }
            if (segment == null) {
                segment =
                        new OpenSegment(
                                folder, Scratch.of(getContainingTask()), format, frame.frame());
                open.put(place, segment);
            }
            segment.add(frame);
            metrics.written(frame.frame(), System.nanoTime() - start);
        } catch (InputException e) {
            throw new SuppressRestartsException(e);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        finishAll();
    }

    @Override
    public void endInput() throws Exception {
        finishAll();
    }

    private void finishAll() throws IOException {
        while (!open.isEmpty()) {
            Place place = open.keySet().iterator().next();
            finish(open.remove(place));
        }
    }

    private void finish(OpenSegment segment) throws IOException {
        Committable.Segment finished;
        Committable.Segment ofPlaylist = null;
        try {
            finished = segment.finish();
            if (playlists()) {
                ofPlaylist = PlaylistSegment.of(finished, folder, videos);
            }
        } catch (InputException e) {
            throw new SuppressRestartsException(e);
        }
        if (videos) {
            emit(finished);
        }
        if (playlists()) {
            emitToPlaylists(ofPlaylist);
        }
    }

    private boolean playlists() {
        return longestSeconds < Double.POSITIVE_INFINITY;
    }

    private void emitToPlaylists(Committable committable) {
        if (playlists()) {
            output.collect(PLAYLISTS, new StreamRecord<>(committable));
        }
    }

    private void emit(Committable committable) {
        output.collect(new StreamRecord<>(committable));
    }

    @Override
    public void close() throws Exception {
        // Only a task that fails or is cancelled still has segments here.
        if (open != null) {
            open.values().forEach(segment -> CleanUp.attempt(segment::abandon));
            open.clear();
        }
        super.close();
    }

    private record Place(String stream, int range) {}
}
