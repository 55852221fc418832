// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Cache of what takes time to prepare for requests of a shape, for the shapes that were used last
 * (LRU). Thread-safe.
 *
 * @param <T> serves any number of threads at a time
 */
public final class SizeCache<T extends SizeCache.Kept> implements AutoCloseable {

    /** Enough for the pictures of a few streams to come in turn. */
    private static final int SHAPES = 4;

    private final Function<RequestShape, T> maker;
    private final Map<RequestShape, Entry> entries = new LinkedHashMap<>(SHAPES, 0.75f, true);

    /** Something that is freed in the end. */
    public interface Kept extends AutoCloseable {
        @Override
        void close();
    }

    private final class Entry {

        private final T value;
        private int users;

        private Entry(T value) {
            this.value = value;
        }
    }

    public SizeCache(Function<RequestShape, T> maker) {
        this.maker = maker;
    }

    /** Lends what there is for a shape until {@code user} returns. */
    public void use(RequestShape shape, Consumer<T> user) {
        Entry entry = take(shape);
        try {
            user.accept(entry.value);
        } finally {
            giveBack(entry);
        }
    }

    private synchronized Entry take(RequestShape shape) {
        Entry entry = entries.computeIfAbsent(shape, absent -> new Entry(maker.apply(absent)));
        entry.users++;
        return entry;
    }

    private synchronized void giveBack(Entry entry) {
        entry.users--;
        Iterator<Entry> longestUnused = entries.values().iterator();
        while (entries.size() > SHAPES && longestUnused.hasNext()) {
            Entry oldest = longestUnused.next();
            if (oldest.users == 0) {
                longestUnused.remove();
                oldest.value.close();
            }
        }
    }

    /** Frees everything; none of it may be lent. */
    @Override
    public synchronized void close() {
        entries.values().forEach(entry -> entry.value.close());
        entries.clear();
    }
}
