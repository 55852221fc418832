// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import ai.djl.Model;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.torchscript.TorchScriptWriter;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/**
 * Workspaces for pictures of one size, as many as there were calls at a time, and the weights that
 * they share. Thread-safe.
 */
final class Workspaces implements PerSize.Kept {

    private final Model model;
    private final InputScale scale;
    private final PictureSize size;
    private final int threads;
    private final ArchiveCall network;
    private final Deque<Workspace> idle = new ConcurrentLinkedDeque<>();

    /**
     * None yet.
     *
     * @param threads of a call
     */
    Workspaces(Model model, InputScale scale, PictureSize size, int threads) {
        this.model = model;
        this.scale = scale;
        this.size = size;
        this.threads = threads;
        this.network = new PackedCall(model, TorchScriptWriter.SCORES);
    }

    /** Lends a workspace until {@code user} returns; the one used last, which caches still hold. */
    void use(Consumer<Workspace> user) {
        Workspace kept = idle.poll();
        Workspace workspace =
                kept == null ? new Workspace(model, network, scale, size, threads) : kept;
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
