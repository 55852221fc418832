// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Native resources of an object, freed in the opposite order. A constructor that fails halfway
 * closes them, so that nothing of what it got is lost:
 *
 * <pre>{@code
 * try {
 *     this.demuxer = resources.add(Demuxer.open(file), Demuxer::close);
 *     this.packet = resources.add(Ffmpeg.packet(), avcodec::av_packet_free);
 * } catch (RuntimeException | Error e) {
 *     resources.close();
 *     throw e;
 * }
 * }</pre>
 */
public final class NativeResources implements AutoCloseable {

    private final Deque<Runnable> held = new ArrayDeque<>();

    /** Takes over what was acquired just now; {@code free} must not throw. */
    public <T> T add(T resource, Consumer<? super T> free) {
        held.push(() -> free.accept(resource));
        return resource;
    }

    /** Frees all; does nothing the second time. */
    @Override
    public void close() {
        while (!held.isEmpty()) {
            held.pop().run();
        }
    }
}
