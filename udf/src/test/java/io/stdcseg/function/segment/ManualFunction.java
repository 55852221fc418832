// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.RuntimeContext;

/** Completes its futures when a test says so. */
final class ManualFunction implements AsyncBatchFunction<ManualFunction.Item, ManualFunction.Item> {

    private static final long serialVersionUID = 1L;

    final transient List<Item> applied = new ArrayList<>();
    final transient List<CompletableFuture<Item>> futures = new ArrayList<>();
    final transient List<String> calls = new ArrayList<>();
    transient Runnable onFlush = () -> {};
    transient Runnable onClose = () -> {};

    /** Something that must be closed once. */
    static final class Item implements AutoCloseable {

        private final String name;
        private int closed;

        Item(String name) {
            this.name = name;
        }

        int closed() {
            return closed;
        }

        @Override
        public void close() {
            closed++;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Override
    public int open(RuntimeContext context, int capacity) {
        calls.add("open");
        return capacity;
    }

    @Override
    public CompletableFuture<Item> apply(Item element) {
        if (element.name.startsWith("fatal")) {
            throw new OutOfMemoryError("no room for this one");
        }
        if (element.name.startsWith("refused")) {
            throw new IllegalArgumentException("not this one");
        }
        applied.add(element);
        CompletableFuture<Item> future = new CompletableFuture<>();
        if (element.name.startsWith("marker")) {
            future.complete(element);
        }
        futures.add(future);
        return future;
    }

    void complete(int index) {
        futures.get(index).complete(applied.get(index));
    }

    void completeAll() {
        for (int i = 0; i < futures.size(); i++) {
            complete(i);
        }
    }

    @Override
    public void flush() {
        calls.add("flush");
        onFlush.run();
    }

    @Override
    public String describe(Item element) {
        return "item " + element;
    }

    @Override
    public void close() {
        calls.add("close");
        onClose.run();
    }
}
