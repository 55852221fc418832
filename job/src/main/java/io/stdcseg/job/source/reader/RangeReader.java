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
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.split.SplitProgress;
import io.stdcseg.job.source.split.VideoSplit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Reader of one split: the marker of its start, its frames, the markers of its end.
 *
 * <p>After a restore it decodes from the stream's beginning and drops what had passed, which is an
 * order of magnitude faster than segmenting was. Used by the decoding thread.
 */
final class RangeReader implements AutoCloseable {

    private final VideoSplit split;
    private final PlannedStream stream;
    private final ReadOptions options;
    private final BufferPool pool;
    private final SourceMetrics metrics;
    private FrameDecoder decoder;
    private RangeCursor cursor;
    private boolean atFrame;
    private boolean ended;

    RangeReader(VideoSplit split, ReadOptions options, BufferPool pool, SourceMetrics metrics) {
        this.split = split;
        this.stream = split.stream();
        this.options = options;
        this.pool = pool;
        this.metrics = metrics;
    }

    /** Opens the stream; the first hand-over. */
    Handover start(FrameDecoder.Factory decoders) {
        if (stream.kind() == StreamKind.UNREADABLE) {
            return unreadable(new InputException(stream.error()));
        }
        try {
            decoder = metrics.timed(() -> decoders.open(split, options.onError()));
        } catch (InputException e) {
            return unreadable(e);
        }
        cursor = new RangeCursor(split, options, decoder, metrics);
        long expected = options.expected(decoder.announcedFrames(), decoder.announcedSeconds());
        return new Handover(
                List.of(new RangeStart(stream.name(), split.range(), expected)), split.progress());
    }

    /**
     * The next hand-over: a frame, a marker of a picture that was left out, or the end.
     *
     * @param interrupted whether to come back without one
     * @return null if interrupted while waiting for a buffer, or while dropping pictures; the next
     *     call goes on there
     */
    Handover next(BooleanSupplier interrupted) throws InterruptedException {
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
                    return new Handover(List.of(cursor.skipped()), cursor.progress());
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
        return new Handover(List.of(frame), cursor.emitted());
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
            metrics.timed(() -> write(info, buffer.bytes()));
            return new Frame(
                    info,
                    split.range(),
                    cursor.number(),
                    decoder.pts(),
                    decoder.duration(),
                    decoder.name(),
                    System.nanoTime(),
                    buffer);
        } catch (RuntimeException | Error e) {
            buffer.close();
            throw e;
        }
    }

    private boolean write(StreamInfo info, ByteBuffer bytes) {
        ByteBuffer rgb = bytes.slice(0, info.rgbBytes());
        decoder.writeRgb(rgb);
        if (options.withYuv()) {
            decoder.writeYuv(rgb, bytes.slice(info.rgbBytes(), info.yuvBytes()));
        }
        return true;
    }

    /** What the decoder left out, the end of the range and, behind the last one, of the stream. */
    private Handover end() {
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
        if (split.range() == split.ranges() - 1) {
            boolean nothing = cursor.nothingReadable();
            if (nothing) {
                failUnlessLeftOut(new InputException(cursor.failure()));
            }
            String error = nothing || cursor.lost() ? cursor.failure() : null;
            markers.add(new StreamEnd(stream.name(), stream.source(), split.ranges(), error));
        }
        ended = true;
        return new Handover(markers, progress.end());
    }

    private Handover unreadable(InputException error) {
        failUnlessLeftOut(error);
        ended = true;
        return new Handover(
                List.of(new StreamEnd(stream.name(), stream.source(), 0, error.getMessage())),
                split.progress().end());
    }

    private void failUnlessLeftOut(InputException error) {
        if (!options.onError().leavesSourcesOut()) {
            throw new SuppressRestartsException(error);
        }
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
    }

    /**
     * Hand-over from the decoding thread to the task's thread: elements that are emitted together,
     * and how far the split is read once they are.
     */
    record Handover(List<FrameElement> elements, SplitProgress reached) {

        /** Gives back the pixels of what will not be emitted. */
        void release() {
            for (FrameElement element : elements) {
                if (element instanceof Frame frame) {
                    frame.close();
                }
            }
        }
    }
}
