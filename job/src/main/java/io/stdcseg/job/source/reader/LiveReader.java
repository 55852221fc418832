// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.LiveProgress;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.FrameElement.StreamEnd;
import io.stdcseg.frame.PooledBuffer;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.split.SplitProgress;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.video.live.LiveAddress;
import io.stdcseg.video.live.LivePicture;
import io.stdcseg.video.live.LivePosition;
import io.stdcseg.video.live.LiveStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Reader of a live split: what its stream has ready becomes frames, and once a second a marker says
 * how the stream is doing. Never waits for the stream. Used by the decoding thread.
 */
final class LiveReader implements AutoCloseable {

    /** From one marker to the next. */
    static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So long a frame may be on its way from the camera: until then its time has not passed. */
    private static final long GRACE_MICROS = TimeUnit.SECONDS.toMicros(6);

    private final VideoSplit split;
    private final PlannedStream stream;
    private final ReadOptions options;
    private final BufferPool pool;
    private final BooleanSupplier takesPlanes;
    private final SourceMetrics metrics;
    private final LiveStream live;
    private LivePosition position;
    private long toldNanos;
    private LivePosition told;
    private boolean started;
    private boolean ended;

    /**
     * Begins to connect.
     *
     * @param takesPlanes whether frames are to have planes in the place of RGB, where they can
     * @param changed is told when there may be something to read
     */
    LiveReader(
            VideoSplit split,
            ReadOptions options,
            BufferPool pool,
            BooleanSupplier takesPlanes,
            SourceMetrics metrics,
            Runnable changed) {
        this.split = split;
        this.stream = split.stream();
        this.options = options;
        this.pool = pool;
        this.takesPlanes = takesPlanes;
        this.metrics = metrics;
        LivePosition restored = split.progress().live();
        this.position = restored == null ? LivePosition.START : restored;
        this.live =
                new LiveStream(
                        stream.name(),
                        LiveAddress.of(stream.path()),
                        options.liveSettings(),
                        position,
                        changed);
        metrics.live(stream.name(), live);
    }

    /**
     * What there is to hand over.
     *
     * @return null if there is nothing now, or no buffer for it
     */
    Handover.Elements next() throws InterruptedException {
        if (!started) {
            started = true;
            return handover(
                    List.of(
                            new RangeStart(stream.name(), split.range(), split.ranges(), 0),
                            progress(live.position())),
                    live.position());
        }
        if (position.frames() >= options.maxFrames() || live.isOver()) {
            return end();
        }
        Handover.Elements frame = frame();
        if (frame != null) {
            return frame;
        }
        LivePosition now = live.position();
        return isDue() ? handover(List.of(progress(now)), now) : null;
    }

    private Handover.Elements frame() throws InterruptedException {
        StreamInfo info = live.next();
        if (info == null) {
            metrics.idle();
            return null;
        }
        int bytes = info.rgbBytes() + (options.withYuv() ? info.yuvBytes() : 0);
        PooledBuffer buffer = pool.take(bytes);
        if (buffer == null) {
            return null;
        }
        // Who waited for the buffer may find that picture left out by now.
        LivePicture picture = live.take(info);
        if (picture == null) {
            buffer.close();
            return null;
        }
        try (picture) {
            metrics.fetched(picture.reached().lastMicros());
            YuvToRgb yuvToRgb = takesPlanes.getAsBoolean() ? picture.yuvToRgb() : null;
            metrics.timed(() -> write(picture, buffer.bytes(), yuvToRgb == null));
            Frame frame =
                    new Frame(
                            info,
                            split.range(),
                            picture.number(),
                            picture.pts(),
                            picture.duration(),
                            null,
                            picture.arrivedNanos(),
                            buffer,
                            picture.motion(),
                            yuvToRgb);
            metrics.frame(frame);
            return emitted(frame, picture.reached());
        } catch (RuntimeException | Error e) {
            buffer.close();
            throw e;
        }
    }

    private Handover.Elements emitted(Frame frame, LivePosition reached) {
        List<FrameElement> elements = new ArrayList<>();
        boolean leftOut =
                told == null
                        || reached.dropped() != told.dropped()
                        || reached.skipped() != told.skipped()
                        || reached.reconnects() != told.reconnects();
        if (leftOut || isDue()) {
            elements.add(before(reached));
        }
        elements.add(frame);
        return handover(elements, reached);
    }

    /** How it was before the frame that comes now. */
    private LiveProgress before(LivePosition reached) {
        LiveProgress behind = progress(reached);
        return new LiveProgress(
                stream.name(),
                split.range(),
                Math.min(behind.reachedMicros(), reached.lastMicros()),
                reached.decoded() - 1,
                behind.dropped(),
                behind.skipped(),
                behind.lagMicros(),
                behind.reconnects(),
                behind.gaps(),
                behind.gapMicros(),
                behind.lastError());
    }

    private boolean write(LivePicture picture, ByteBuffer bytes, boolean withRgb) {
        StreamInfo info = picture.info();
        int rgb = withRgb ? info.rgbBytes() : 0;
        if (withRgb) {
            picture.writeRgb(bytes.slice(0, rgb));
        }
        if (!withRgb || options.withYuv()) {
            picture.writeYuv(bytes.slice(rgb, info.yuvBytes()));
        }
        return true;
    }

    private boolean isDue() {
        return System.nanoTime() - toldNanos >= PROGRESS_NANOS;
    }

    private LiveProgress progress(LivePosition at) {
        toldNanos = System.nanoTime();
        told = at;
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        return new LiveProgress(
                stream.name(),
                split.range(),
                now - GRACE_MICROS,
                at.decoded(),
                at.dropped(),
                at.skipped(),
                live.lagNanos() / 1000,
                at.reconnects(),
                at.gaps(),
                at.gapMicros(),
                live.error());
    }

    private Handover.Elements handover(List<FrameElement> elements, LivePosition reached) {
        position = reached;
        return new Handover.Elements(elements, SplitProgress.of(reached));
    }

    /** What waits behind the last frame that was asked for was never decoded. */
    private Handover.Elements end() {
        ended = true;
        LivePosition last = live.isOver() ? live.position() : position;
        return new Handover.Elements(
                List.of(
                        progress(last),
                        new RangeEnd(stream.name(), split.range(), last.frames(), last.skipped()),
                        new StreamEnd(stream.name(), stream.source(), split.ranges(), null)),
                SplitProgress.of(last).end());
    }

    VideoSplit split() {
        return split;
    }

    boolean ended() {
        return ended;
    }

    /** How long until a marker is due. */
    long nanosToProgress() {
        return started ? toldNanos + PROGRESS_NANOS - System.nanoTime() : 0;
    }

    @Override
    public void close() {
        metrics.gone(stream.name());
        live.close();
    }
}
