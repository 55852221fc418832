// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.FfmpegLibraries;
import io.stdcseg.video.convert.FrameConverter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live stream that is read in a thread of its own, over as many connections as it takes: what comes
 * waits in a queue that is bounded, and the oldest is left out where nobody takes it in time.
 *
 * <p>The methods are its reader's, one thread at a time; {@link #close()} does not wait for a peer.
 */
public final class LiveStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

    private static final long CLOSE_MILLIS = 5_000;

    private final String name;
    private final LiveConnection connection;
    private final PictureQueue queue;
    private final Runnable changed;
    private final Thread thread;
    private final Object lock = new Object();
    private StreamInfo converts;
    private FrameConverter converter;
    private boolean closed;
    private volatile boolean ended;
    private volatile long lagNanos;

    /**
     * Begins to connect.
     *
     * @param name of the stream, in frames and messages
     * @param start what the stream goes on from
     * @param changed is told, in any thread, when there is something to take
     * @throws InputException if FFmpeg cannot be loaded
     */
    public LiveStream(
            String name,
            LiveAddress address,
            LiveSettings settings,
            LivePosition start,
            Runnable changed) {
        FfmpegLibraries.load();
        this.name = name;
        this.changed = changed;
        long lag = address.protocol().isLossless() ? Long.MAX_VALUE : settings.lag().toNanos();
        this.queue = new PictureQueue(lag, PictureQueue.MOST_BYTES, start);
        this.connection = new LiveConnection(name, address, settings, start, queue, changed);
        this.thread = new Thread(this::run, "live " + name);
        thread.setDaemon(true);
        // A pooled thread would keep its creator's class loader alive.
        thread.setContextClassLoader(null);
        thread.start();
    }

    private void run() {
        ReconnectDelays delays =
                new ReconnectDelays(() -> ThreadLocalRandom.current().nextDouble());
        boolean told = false;
        try {
            while (!isClosed()) {
                long connectedNanos = connection.read();
                if (connection.isOver() || isClosed()) {
                    return;
                }
                if (!told || connectedNanos > 0) {
                    LOG.warn("stream {} is away: {}", name, connection.error());
                }
                told = true;
                changed.run();
                pause(delays.next(connectedNanos).toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = connection.isOver();
            changed.run();
        }
    }

    private void pause(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        synchronized (lock) {
            long left;
            while (!closed && (left = end - System.nanoTime()) > 0) {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    /** Description of the next picture; null if none waits. */
    public StreamInfo next() {
        WaitingPicture picture = queue.peek();
        return picture == null ? null : picture.info();
    }

    /**
     * Takes the next picture, to be closed before the next is taken.
     *
     * @param info what {@link #next()} said
     * @return null if that picture was left out by now, and another kind or none waits
     */
    public LivePicture take(StreamInfo info) {
        PictureQueue.Taken taken = queue.poll(info);
        if (taken == null) {
            return null;
        }
        WaitingPicture picture = taken.picture();
        lagNanos = System.nanoTime() - picture.arrivedNanos();
        if (!picture.info().equals(converts)) {
            closeConverter();
            converts = picture.info();
            converter = new FrameConverter(converts, false);
        }
        converter.nextPicture();
        return new LivePicture(picture, taken.reached(), converter);
    }

    /** How far it is read, with everything counted that comes before the next picture. */
    public LivePosition position() {
        return queue.position();
    }

    /** Whether it is over, and all of it was taken. */
    public boolean isOver() {
        return ended && queue.peek() == null;
    }

    /** How many decoded pictures wait to be taken. */
    public int waiting() {
        return queue.waiting();
    }

    /** How long the last picture that was taken had waited. */
    public long lagNanos() {
        return lagNanos;
    }

    /** What went wrong last, in one line without the address; null if nothing did. */
    public String error() {
        return connection.error();
    }

    private void closeConverter() {
        if (converter != null) {
            converter.close();
            converter = null;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            lock.notifyAll();
        }
        connection.cancel();
        queue.close();
        closeConverter();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("stream {} is still in a call of FFmpeg, and ends when that does", name);
        }
    }
}
