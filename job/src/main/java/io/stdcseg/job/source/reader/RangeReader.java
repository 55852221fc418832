// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.frame.FrameElement.StreamEnd;
import io.stdcseg.frame.PooledBuffer;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.split.SplitProgress;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.video.decode.VideoRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Reader of one split: the marker of its start, its frames, the markers of its end.
 *
 * <p>After a restore it decodes from the range's beginning and drops what had passed, which is an
 * order of magnitude faster than segmenting was. Used by the decoding thread.
 */
final class RangeReader implements AutoCloseable {

    private final VideoSplit split;
    private final PlannedStream stream;
    private final ReadOptions options;
    private final FrameDecoder.Factory decoders;
    private final BufferPool pool;
    private final BooleanSupplier takesPlanes;
    private final SourceMetrics metrics;
    private FrameDecoder decoder;
    private RangeCursor cursor;
    private long expected;
    private boolean atFrame;
    private boolean ended;

    /**
     * @param takesPlanes whether frames are to have planes in the place of RGB, where they can
     */
    RangeReader(
            VideoSplit split,
            ReadOptions options,
            FrameDecoder.Factory decoders,
            BufferPool pool,
            BooleanSupplier takesPlanes,
            SourceMetrics metrics) {
        this.split = split;
        this.stream = split.stream();
        this.options = options;
        this.decoders = decoders;
        this.pool = pool;
        this.takesPlanes = takesPlanes;
        this.metrics = metrics;
    }

    /** Opens the stream; the first hand-over. */
    Handover.Elements start() {
        if (stream.kind() == StreamKind.UNREADABLE) {
            return unreadable(new InputException(stream.error()));
        }
        metrics.reading();
        try {
            decoder = metrics.timed(() -> decoders.open(split, options.onError()));
        } catch (InputException e) {
            return unreadable(e);
        }
        cursor = new RangeCursor(split, options, decoder, metrics);
        expected = expectedFrames();
        metrics.expect(expected);
        return new Handover.Elements(
                List.of(new RangeStart(stream.name(), split.range(), split.ranges(), expected)),
                split.progress());
    }

    /** Of those that are still to come, where a job goes on. */
    private long expectedFrames() {
        VideoRange extent = split.extent();
        long all =
                extent.counted()
                        ? options.selected(extent.firstPicture(), extent.pictures())
                        : options.expected(decoder.announcedFrames(), decoder.announcedSeconds());
        return Math.max(0, all - split.progress().frames());
    }

    /**
     * The next hand-over: a frame, a marker of a picture that was left out, or the end.
     *
     * @param interrupted whether to come back without one
     * @return null if interrupted while waiting for a buffer, or while dropping pictures; the next
     *     call goes on there
     */
    Handover.Elements next(BooleanSupplier interrupted) throws InterruptedException {
        while (!atFrame) {
            if (cursor.lost() || cursor.progress().frames() >= options.maxFrames()) {
                return end();
            }
            if (interrupted.getAsBoolean()) {
                return null;
            }
            switch (cursor.advance()) {
                case FRAME -> atFrame = true;
                case PASSED -> {}
                case SKIPPED -> {
                    return new Handover.Elements(List.of(cursor.skipped()), cursor.progress());
                }
                case END -> {
                    return end();
                }
            }
        }
        Frame frame = takeFrame();
        if (frame == null) {
            return null;
        }
        atFrame = false;
        metrics.frame(frame);
        return new Handover.Elements(List.of(frame), cursor.emitted());
    }

    boolean ended() {
        return ended;
    }

    /** The decoder's present picture in a buffer of the pool; null if woken while none is free. */
    private Frame takeFrame() throws InterruptedException {
        StreamInfo info = decoder.info();
        int bytes = info.rgbBytes() + (options.withYuv() ? info.yuvBytes() : 0);
        PooledBuffer buffer = pool.take(bytes);
        if (buffer == null) {
            return null;
        }
        try {
            // Who waited for the buffer may find other networks by now.
            YuvToRgb yuvToRgb = takesPlanes.getAsBoolean() ? decoder.yuvToRgb() : null;
            metrics.timed(() -> write(info, buffer.bytes(), yuvToRgb == null));
            metrics.expect(--expected);
            return new Frame(
                    info,
                    split.range(),
                    cursor.number(),
                    decoder.pts(),
                    decoder.duration(),
                    decoder.name(),
                    System.nanoTime(),
                    buffer,
                    decoder.motion(),
                    yuvToRgb);
        } catch (RuntimeException | Error e) {
            buffer.close();
            throw e;
        }
    }

    private boolean write(StreamInfo info, ByteBuffer bytes, boolean withRgb) {
        ByteBuffer rgb = withRgb ? bytes.slice(0, info.rgbBytes()) : null;
        if (withRgb) {
            decoder.writeRgb(rgb);
        }
        if (!withRgb || options.withYuv()) {
            int from = withRgb ? info.rgbBytes() : 0;
            decoder.writeYuv(rgb, bytes.slice(from, info.yuvBytes()));
        }
        return true;
    }

    /** What the decoder left out, the end of the range and, behind the last one, of the stream. */
    private Handover.Elements end() {
        List<FrameElement> markers = new ArrayList<>();
        FrameDecoder.Damage damage = decoder.firstDamage();
        if (damage != null) {
            long parts = decoder.leftOut();
            String why =
                    (parts == 1 ? "a damaged part: " : parts + " damaged parts, the first here: ")
                            + damage.reason();
            markers.add(
                    new SkippedPicture(stream.name(), split.range(), damage.after(), null, why));
        }
        SplitProgress progress = cursor.progress();
        long skipped = progress.skipped() + decoder.leftOut();
        markers.add(new RangeEnd(stream.name(), split.range(), progress.frames(), skipped));
        if (split.isLast()) {
            boolean nothing = cursor.nothingReadable();
            if (nothing) {
                failUnlessLeftOut(new InputException(cursor.failure()));
            }
            String error = nothing || cursor.lost() ? cursor.failure() : null;
            markers.add(new StreamEnd(stream.name(), stream.source(), split.ranges(), error));
        }
        ended = true;
        return new Handover.Elements(markers, progress.end());
    }

    private Handover.Elements unreadable(InputException error) {
        failUnlessLeftOut(error);
        ended = true;
        SplitProgress progress = split.progress();
        List<FrameElement> markers = new ArrayList<>();
        if (split.ranges() > 1) {
            // Others have frames of the stream.
            long first = split.extent().firstPicture();
            markers.add(
                    new SkippedPicture(
                            stream.name(), split.range(), first, null, error.getMessage()));
            markers.add(
                    new RangeEnd(
                            stream.name(),
                            split.range(),
                            progress.frames(),
                            progress.skipped() + 1));
        }
        if (split.isLast()) {
            int ranges = split.ranges() > 1 ? split.ranges() : 0;
            markers.add(new StreamEnd(stream.name(), stream.source(), ranges, error.getMessage()));
        }
        return new Handover.Elements(markers, progress.end());
    }

    private void failUnlessLeftOut(InputException error) {
        if (!options.onError().leavesSourcesOut()) {
            throw new SuppressRestartsException(error);
        }
    }

    @Override
    public void close() {
        metrics.done();
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
    }
}
