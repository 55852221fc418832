// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.Ffmpeg.FfmpegException;
import io.stdcseg.video.decode.MotionVectors;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connection of a live stream, one after the other: numbers what comes, gives it times and puts it
 * into the stream's queue. Used by the stream's thread, but for {@link #cancel()} and {@link
 * #error()}.
 */
final class LiveConnection {

    private static final Logger LOG = LoggerFactory.getLogger(LiveConnection.class);

    /** So much damage in a row is not a stream any more. */
    private static final int LOST_AFTER = 500;

    /** Of a stream that is waited for. */
    private static final int ROOM = 8;

    private final String name;
    private final LiveAddress address;
    private final LiveSettings settings;
    private final PictureQueue queue;
    private final Runnable changed;
    private final PictureTimes times;
    private final BelievableSizes sizes;
    private LivePosition position;
    private StreamInfo info;
    private MotionVectors motion;
    private PlaylistPace pace;
    private boolean udp;
    private boolean away;
    private boolean first;
    private boolean over;
    private int damagedInARow;
    private volatile CallGuard guard;
    private volatile boolean cancelled;
    private volatile String error;

    LiveConnection(
            String name,
            LiveAddress address,
            LiveSettings settings,
            LivePosition start,
            PictureQueue queue,
            Runnable changed) {
        this.name = name;
        this.address = address;
        this.settings = settings;
        this.position = start;
        this.queue = queue;
        this.changed = changed;
        this.times = new PictureTimes(address, start);
        this.sizes = new BelievableSizes(settings.written());
        // What came while nobody read is missing.
        this.away = !start.isStart() && !address.protocol().isLossless();
    }

    /** Connects and reads until that breaks; returns for how long pictures came. */
    long read() throws InterruptedException {
        long begun = 0;
        try (CallGuard ours = LiveOpening.guard(address, settings)) {
            guard = ours;
            if (cancelled) {
                return 0;
            }
            LiveSettings transported = udp ? settings.byUdp() : settings;
            try (LiveInput input = LiveInput.open(address, transported, ours)) {
                begun = System.nanoTime();
                readAll(input);
            }
        } catch (InputException | FfmpegException e) {
            fail(e.getMessage());
            if (begun == 0 && settings.maySwitchTransport(address.protocol())) {
                // Servers that do not do RTP in the connection refuse it in ways of their own.
                udp = !udp;
            }
        }
        if (!over && !cancelled) {
            position = position.afterReconnect();
            queueMoves();
            away = !position.isStart() && !address.protocol().isLossless();
        }
        return begun == 0 ? 0 : System.nanoTime() - begun;
    }

    private void readAll(LiveInput input) throws InterruptedException {
        times.reconnected();
        pace = input.isPlaylist() && !input.isFinite() ? new PlaylistPace() : null;
        motion = new MotionVectors();
        first = true;
        damagedInARow = 0;
        while (!over && !cancelled) {
            switch (input.next()) {
                case PICTURE -> picture(input);
                case DAMAGE -> {
                    damage();
                    if (damagedInARow >= LOST_AFTER) {
                        fail("nothing of it can be decoded any more");
                        return;
                    }
                }
                case END -> {
                    over = input.isFinite() && input.isAtEnd();
                    if (!over) {
                        fail(input.reason());
                    }
                    return;
                }
            }
        }
    }

    private void fail(String why) {
        if (!cancelled) {
            error = why;
        }
    }

    private void damage() {
        damagedInARow++;
        position = position.afterDamage(selects(position.number()));
        queueMoves();
    }

    /** Only where nothing waits that comes before. */
    private void queueMoves() {
        queue.moveTo(position);
    }

    private void picture(LiveInput input) throws InterruptedException {
        if (info != null && !hasSize(input.frame()) && !sizes.believes(input.info(name))) {
            AVFrame frame = input.frame();
            fail("a picture of " + frame.width() + "x" + frame.height() + " is taken for damage");
            damage();
            return;
        }
        damagedInARow = 0;
        motion.next(input.frame());
        OptionalLong source = input.sourceMicros();
        boolean lossless = input.isFinite() || address.protocol().isLossless();
        if (lossless && wasRead(source)) {
            return;
        }
        if (pace != null && source.isPresent()) {
            sleepMicros(pace.waitMicros(source.getAsLong(), PictureTimes.nowMicros()));
        }
        long micros = times.of(input, lossless, position);
        if (away) {
            noteGap(micros);
        }
        long since = position.isStart() ? 0 : micros - position.firstMicros();
        if (since >= settings.toMicros()) {
            over = true;
            return;
        }
        boolean wanted = selects(position.number()) && since >= settings.fromMicros();
        LivePosition before = position;
        position =
                position.afterPicture(
                        wanted,
                        micros,
                        source.isPresent() ? source.getAsLong() : LivePosition.NONE);
        if (wanted) {
            add(input, before);
            if (lossless) {
                queue.awaitRoom(ROOM);
            }
        } else {
            queueMoves();
        }
    }

    private void add(LiveInput input, LivePosition before) {
        if (first || !hasSize(input.frame())) {
            describe(input);
        }
        first = false;
        AVFrame frame = Ffmpeg.allocated(avutil.av_frame_clone(input.frame()), "a picture");
        queue.add(
                new WaitingPicture(
                        frame,
                        info,
                        before,
                        position,
                        input.durationMicros(),
                        System.nanoTime(),
                        motion.read(frame, info)));
        changed.run();
    }

    private boolean hasSize(AVFrame frame) {
        return frame.width() == info.width() && frame.height() == info.height();
    }

    private void describe(LiveInput input) {
        StreamInfo now = input.info(name);
        if (info != null && (now.width() != info.width() || now.height() != info.height())) {
            LOG.info(
                    "stream {} changes its size from {}x{} to {}x{}",
                    name,
                    info.width(),
                    info.height(),
                    now.width(),
                    now.height());
        }
        info = now.equals(info) ? info : now;
    }

    private boolean selects(long number) {
        return number % settings.every() == 0;
    }

    /** Whether an earlier connection, or an earlier attempt of the job, gave the picture. */
    private boolean wasRead(OptionalLong source) {
        return position.sourceMicros() != LivePosition.NONE
                && source.isPresent()
                && source.getAsLong() <= position.sourceMicros();
    }

    private void noteGap(long micros) {
        away = false;
        long gap = Math.max(0, micros - position.lastMicros());
        position = position.afterGap(gap);
        LOG.info("stream {} is back after {} s without pictures", name, gap / 1e6);
    }

    private void sleepMicros(long micros) throws InterruptedException {
        long end = System.nanoTime() + 1000 * micros;
        synchronized (this) {
            long left;
            while (!cancelled && (left = end - System.nanoTime()) > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
    }

    /** Whether the stream has come to its end, or to where it is not read any more. */
    boolean isOver() {
        return over;
    }

    /** What went wrong last; null if nothing did. */
    String error() {
        return error;
    }

    /** Ends reading; may be called by any thread. */
    void cancel() {
        cancelled = true;
        synchronized (this) {
            notifyAll();
        }
        CallGuard present = guard;
        if (present != null) {
            present.cancel();
        }
    }
}
