// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.network.InputScale;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/**
 * Pool of workspaces for pictures of one size, as many as there were calls at a time, and the
 * network that they share. Thread-safe.
 */
final class WorkspacePool implements SizeCache.Kept {

    private final InputScale scale;
    private final PictureSize size;
    private final int threads;
    private final CoarseNetwork.Prepared network;
    private final Deque<Workspace> idle = new ConcurrentLinkedDeque<>();

    /**
     * None yet.
     *
     * @param threads of a call
     */
    WorkspacePool(CoarseNetwork.Loaded network, InputScale scale, PictureSize size, int threads) {
        this.scale = scale;
        this.size = size;
        this.threads = threads;
        InputMemory.HERE.require(scale, size, 1);
        this.network =
                network.prepare(
                        scale.inputHeight(size.height()),
                        scale.inputWidth(size.width(), size.height()));
    }

    /** Lends a workspace until {@code user} returns; the one used last, which caches still hold. */
    void use(Consumer<Workspace> user) {
        Workspace kept = idle.poll();
        Workspace workspace = kept == null ? new Workspace(network, scale, size, threads) : kept;
        try {
            user.accept(workspace);
        } finally {
            idle.push(workspace);
        }
    }

    /** Frees them; none may be lent. */
    @Override
    public void close() {
        idle.forEach(Workspace::close);
        network.close();
    }
}
