// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * Guard of FFmpeg's calls: those that take too long end, and all do once it is cancelled. FFmpeg's
 * own time-outs differ by protocol, and some calls have none.
 *
 * <p>JavaCPP has room for ten callbacks of a kind in a process: all guards share one, which is
 * never freed, and FFmpeg hands it the guard's number. {@link #cancel()} may be called by any
 * thread, all else by the one that calls FFmpeg.
 */
final class CallGuard implements AutoCloseable {

    private static final Map<Long, CallGuard> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();
    private final Duration limit;
    private final UrlCheck urls;
    private volatile long begunNanos = System.nanoTime();
    private volatile boolean cancelled;
    private volatile boolean late;
    private String refusedHost;

    /** How addresses are judged that FFmpeg is about to open. */
    @FunctionalInterface
    interface UrlCheck {

        boolean allows(String url);
    }

    /**
     * @param limit of one call; null for none
     * @param urls which addresses may be opened
     */
    CallGuard(Duration limit, UrlCheck urls) {
        this.limit = limit;
        this.urls = urls;
        OPEN.put(number, this);
    }

    /** The guard with a context's number. */
    static CallGuard of(Pointer opaque) {
        return opaque == null ? null : OPEN.get(opaque.address());
    }

    /** Lets FFmpeg ask for this context. */
    void watch(AVFormatContext context) {
        Number pointer = new Number(number);
        context.interrupt_callback().callback(Callbacks.INTERRUPT).opaque(pointer);
        context.opaque(pointer);
    }

    /** A call begins. */
    void begin() {
        begunNanos = System.nanoTime();
    }

    /** A call begins that may take longer than others. */
    void begin(Duration more) {
        begunNanos = System.nanoTime() + more.toNanos();
    }

    /** Ends the present call, and every later one at once. */
    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Whether the present call is to end. */
    boolean isOver() {
        if (cancelled) {
            return true;
        }
        if (limit != null && System.nanoTime() - begunNanos > limit.toNanos()) {
            late = true;
            return true;
        }
        return false;
    }

    /** Whether a call was ended because it took too long. */
    boolean wasLate() {
        return late;
    }

    Duration limit() {
        return limit;
    }

    /** Whether an address may be opened; remembers one that may not. */
    boolean allows(String url) {
        boolean allowed = urls.allows(url);
        if (!allowed) {
            refusedHost = LiveAddress.hostOf(url);
        }
        return allowed;
    }

    /** Host of an address that was refused; null if none was, empty if it has none. */
    String refusedHost() {
        return refusedHost;
    }

    @Override
    public void close() {
        OPEN.remove(number);
    }

    /** A number where C keeps a pointer. */
    private static final class Number extends Pointer {

        Number(long number) {
            address = number;
        }
    }

    /** What FFmpeg calls. */
    private static final class Callbacks {

        static final AVIOInterruptCB.Callback_Pointer INTERRUPT =
                new AVIOInterruptCB.Callback_Pointer() {
                    @Override
                    public int call(Pointer number) {
                        CallGuard guard = of(number);
                        return guard == null || guard.isOver() ? 1 : 0;
                    }
                };
    }
}
