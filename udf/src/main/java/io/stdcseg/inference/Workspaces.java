// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Workspaces that nobody uses now, kept for the next call on pictures of their size. Thread-safe.
 */
final class Workspaces implements AutoCloseable {

    /** Per core: enough for the pictures of two sizes to come in turn. */
    private static final int IDLE_PER_CORE = 2;

    private final Function<PictureSize, Workspace> maker;
    private final int mostIdle = IDLE_PER_CORE * Runtime.getRuntime().availableProcessors();
    private final Deque<Workspace> idle = new ArrayDeque<>();

    Workspaces(Function<PictureSize, Workspace> maker) {
        this.maker = maker;
    }

    /** A workspace for pictures of this size; the caller closes the loan. */
    Loan take(PictureSize size) {
        Workspace kept = poll(size);
        return new Loan(kept == null ? maker.apply(size) : kept);
    }

    private synchronized Workspace poll(PictureSize size) {
        for (Iterator<Workspace> all = idle.iterator(); all.hasNext(); ) {
            Workspace workspace = all.next();
            if (workspace.size().equals(size)) {
                all.remove();
                return workspace;
            }
        }
        return null;
    }

    private synchronized void giveBack(Workspace workspace) {
        idle.push(workspace);
        if (idle.size() > mostIdle) {
            idle.removeLast().close(); // The one that was used longest ago.
        }
    }

    /** Frees them; none may be lent. */
    @Override
    public synchronized void close() {
        idle.forEach(Workspace::close);
        idle.clear();
    }

    /** One call's use of a workspace. */
    final class Loan implements AutoCloseable {

        private final Workspace workspace;

        private Loan(Workspace workspace) {
            this.workspace = workspace;
        }

        Workspace workspace() {
            return workspace;
        }

        @Override
        public void close() {
            giveBack(workspace);
        }
    }
}
