// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.error.InputException;
import io.stdcseg.error.WarnOnce;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.job.source.plan.SettledEntries.Entry;
import io.stdcseg.job.source.plan.SettledEntries.Version;
import io.stdcseg.store.StorePaths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watch over directories and globs: what is added to them becomes streams, once.
 *
 * <p>{@link #look} looks at the file system and may be slow; it has a thread of its own. All else
 * is for the thread that keeps the state, so that a checkpoint holds a source as taken up exactly
 * where it holds its streams, too.
 */
public final class SourceWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(SourceWatcher.class);

    private final WatchedSources sources;
    private final SettledEntries entries;
    private final StreamNames names;

    /** By both threads, written by the one that keeps the state. */
    private final Set<Path> taken = ConcurrentHashMap.newKeySet();

    /** What did not open, in which version; by both threads. */
    private final Map<Path, Version> refused = new ConcurrentHashMap<>();

    /** In which version files were taken up that may still be given back. */
    private final Map<Path, Version> unopened = new HashMap<>();

    /**
     * A watch that goes on.
     *
     * @param state what it has taken up
     * @param names of streams that were planned without it
     */
    public SourceWatcher(
            WatchedSources sources,
            WatchState state,
            Collection<String> names,
            LongSupplier nanoClock) {
        this.sources = sources;
        this.entries = new SettledEntries(sources.sources(), nanoClock);
        Set<String> all = new HashSet<>(state.names());
        all.addAll(names);
        this.names = new StreamNames(all);
        state.paths().forEach(path -> taken.add(StorePaths.path(path)));
    }

    /**
     * Looks for sources that have settled and are not taken up.
     *
     * @throws InputException if a directory cannot be listed
     */
    public List<Found> look() {
        List<Found> found = new ArrayList<>();
        for (Entry entry : entries.look(path -> !taken.contains(path))) {
            if (!entry.version().equals(refused.get(entry.path()))) {
                List<PlannedStream> streams = plan(entry.path());
                if (!streams.isEmpty()) {
                    found.add(new Found(entry, streams));
                }
            }
        }
        return found;
    }

    /** Empty if it is no source any more. */
    private List<PlannedStream> plan(Path path) {
        try {
            List<PlannedStream> streams =
                    new SourcePlanner(OnError.FAIL, sources.rate(), true, false)
                            .plan(List.of(path.toString()));
            streams.forEach(PlannedStream::requireDistinctPictureNames);
            return streams;
        } catch (InputException e) {
            WarnOnce.once(LOG, "left alone: " + e.getMessage());
            return List.of();
        }
    }

    /** Takes up what was found, unless that has happened since: its streams, with their names. */
    public List<PlannedStream> take(List<Found> found) {
        List<PlannedStream> streams = new ArrayList<>();
        for (Found one : found) {
            Path path = one.entry().path();
            if (taken.add(path)) {
                refused.remove(path);
                unopened.put(path, one.entry().version());
                one.streams().forEach(draft -> streams.add(draft.named(unique(draft))));
            }
        }
        return streams;
    }

    private String unique(PlannedStream draft) {
        return names.unique(draft.name());
    }

    /** A stream was opened, so that it is not given back. */
    public void opened(PlannedStream stream) {
        unopened.remove(StorePaths.path(stream.path()));
    }

    /**
     * A video could not be opened: it is left until its file changes.
     *
     * @return whether this watch had taken it up; if not, nothing has changed
     */
    public boolean giveBack(PlannedStream video) {
        Path path = StorePaths.path(video.path());
        if (!taken.contains(path)) {
            return false;
        }
        // After a restart the version is not known: it gets one try more.
        Version version = unopened.remove(path);
        if (version != null) {
            refused.put(path, version);
        }
        names.release(video.name());
        taken.remove(path);
        WarnOnce.once(LOG, "left until it changes, as it does not open: " + path);
        return true;
    }

    /** What it has taken up. */
    public WatchState state() {
        Set<String> paths = new HashSet<>();
        taken.forEach(path -> paths.add(path.toString()));
        return new WatchState(paths, Set.copyOf(names.taken()));
    }

    /**
     * Source that was found.
     *
     * @param streams under names that may be taken
     */
    public record Found(Entry entry, List<PlannedStream> streams) {}
}
