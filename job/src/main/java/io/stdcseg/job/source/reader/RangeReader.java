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
 * Reads one split: the marker of its start, its frames, the markers of its end.
 *
 * <p>After a restore it decodes from the stream's beginning and drops what had passed: pictures are
 * counted, not found by timestamp, so that the count is exact in files whose timestamps are not.
 * Dropping is an order of magnitude faster than segmenting was. Used by the decoding thread.
 */
final class RangeReader implements AutoCloseable {

    /** So many undecodable pictures in a row mean that the rest of the stream is lost. */
    private static final int LOST_AFTER = 1000;

    private final VideoSplit split;
    private final PlannedStream stream;
    private final ReadOptions options;
    private final BufferPool pool;
    private final SourceMetrics metrics;
    private FrameDecoder decoder;
    private SplitProgress progress;
    private long picture;
    private boolean pending;
    private int failuresInARow;
    private boolean readable;
    private String failure;
    private StreamInfo videoInfo;
    private SkippedPicture leftOut;

    RangeReader(VideoSplit split, ReadOptions options, BufferPool pool, SourceMetrics metrics) {
        this.split = split;
        this.stream = split.stream();
        this.options = options;
        this.pool = pool;
        this.metrics = metrics;
        this.progress = split.progress();
        this.readable = progress.frames() > 0;
    }

    /** Opens the stream; the first hand-over. */
    Handover start(DecoderFactory decoders) {
        if (stream.kind() == StreamKind.UNREADABLE) {
            return unreadable(new InputException(stream.error()));
        }
        try {
            decoder = metrics.timed(() -> decoders.open(stream, options.onError()));
        } catch (InputException e) {
            return unreadable(e);
        }
        long expected = options.expected(decoder.announcedFrames(), decoder.announcedSeconds());
        return new Handover(
                List.of(new RangeStart(stream.name(), split.range(), expected)), progress);
    }

    /**
     * The next hand-over.
     *
     * @param interrupted whether to come back without one
     * @return null if interrupted while waiting for a buffer, or while dropping pictures
     */
    Handover next(BooleanSupplier interrupted) throws InterruptedException {
        while (pending || (progress.frames() < options.maxFrames() && !lost())) {
            if (!pending) {
                if (interrupted.getAsBoolean()) {
                    return null;
                }
                boolean more = advance();
                if (leftOut != null) {
                    SkippedPicture marker = leftOut;
                    leftOut = null;
                    return new Handover(List.of(marker), progress);
                }
                if (!more) {
                    break;
                }
                if (!pending) {
                    continue;
                }
            }
            Frame frame = takeFrame();
            if (frame == null) {
                return null;
            }
            pending = false;
            progress = progress.afterFrame(picture++);
            return new Handover(List.of(frame), progress);
        }
        return end();
    }

    boolean ended() {
        return progress.ended();
    }

    /** Moves past one picture; {@code pending} tells whether it is to be emitted. */
    private boolean advance() {
        if (notNeeded() && decoder.skip()) {
            pass();
            return true;
        }
        boolean more;
        try {
            more = metrics.timed(decoder::advance);
        } catch (InputException e) {
            if (!options.onError().leavesDamageOut()) {
                throw new SuppressRestartsException(e);
            }
            skip(e.getMessage());
            return true;
        }
        failuresInARow = 0;
        if (!more) {
            return false;
        }
        readable = true;
        long pts = decoder.pts();
        double time = decoder.time();
        if (time >= options.to() || pts >= split.endPts()) {
            return false;
        }
        boolean wanted =
                pts >= split.startPts() && time >= options.from() && options.selects(picture);
        if (wanted && !sameSize()) {
            skip(failure);
            return true;
        }
        if (wanted && picture >= progress.nextPicture()) {
            pending = true;
        } else {
            pass();
        }
        return true;
    }

    /** Whether the next picture need not be decoded. */
    private boolean notNeeded() {
        boolean passed = picture < progress.nextPicture();
        boolean sizeKnown = !options.withYuv() || videoInfo != null;
        return !options.selects(picture) || (passed && sizeKnown);
    }

    private void pass() {
        if (picture >= progress.nextPicture()) {
            progress = progress.afterUnwanted(picture);
        }
        picture++;
    }

    private boolean lost() {
        return failuresInARow >= LOST_AFTER;
    }

    private void skip(String why) {
        failure = why;
        if (picture >= progress.nextPicture()) {
            progress = progress.afterSkipped(picture);
            metrics.skipped();
            String name =
                    stream.kind() == StreamKind.PICTURES
                            ? stream.pictures().get((int) picture)
                            : null;
            leftOut = new SkippedPicture(stream.name(), split.range(), picture, name, why);
        }
        picture++;
        failuresInARow++;
    }

    /** A video has one size; where none is written, pictures may differ. */
    private boolean sameSize() {
        StreamInfo info = decoder.info();
        if (!options.withYuv() || stream.kind() != StreamKind.PICTURES) {
            return true;
        }
        if (videoInfo == null) {
            videoInfo = info;
        }
        if (info.width() == videoInfo.width() && info.height() == videoInfo.height()) {
            return true;
        }
        failure =
                "picture "
                        + decoder.name()
                        + " of stream "
                        + stream.name()
                        + " is "
                        + info.width()
                        + "x"
                        + info.height()
                        + "; a video is written, and its first picture is "
                        + videoInfo.width()
                        + "x"
                        + videoInfo.height();
        // Not damage: where it is not said that any source may be left out, it has to be said.
        failUnlessLeftOut(new InputException(failure));
        return false;
    }

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
                    picture,
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
        long skipped = progress.skipped() + decoder.leftOut();
        markers.add(new RangeEnd(stream.name(), split.range(), progress.frames(), skipped));
        if (split.range() == split.ranges() - 1) {
            boolean nothing = !readable && progress.skipped() > 0;
            if (nothing) {
                failUnlessLeftOut(new InputException(failure));
            }
            markers.add(
                    new StreamEnd(
                            stream.name(),
                            stream.source(),
                            split.ranges(),
                            nothing || lost() ? failure : null));
        }
        progress = progress.end();
        return new Handover(markers, progress);
    }

    private Handover unreadable(InputException error) {
        failUnlessLeftOut(error);
        progress = progress.end();
        return new Handover(
                List.of(new StreamEnd(stream.name(), stream.source(), 0, error.getMessage())),
                progress);
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
     * What the decoding thread hands to the task's thread at a time: elements that are emitted
     * together, and how far the split is read once they are.
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
