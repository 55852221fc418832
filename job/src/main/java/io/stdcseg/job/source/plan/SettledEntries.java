// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.error.InputException;
import io.stdcseg.file.VisibleFiles;
import io.stdcseg.job.source.plan.WatchedSources.Source;
import io.stdcseg.picture.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Entries of watched folders and globs that have settled: readable files whose size and time of
 * change, and folders whose pictures, have stayed the same for a while. Somebody still writes what
 * has not. For one thread at a time.
 */
final class SettledEntries {

    /** How long an entry has to stay the same. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Source> sources;
    private final LongSupplier nanoClock;
    private Map<Path, Seen> seen = Map.of();

    SettledEntries(List<Source> sources, LongSupplier nanoClock) {
        this.sources = sources;
        this.nanoClock = nanoClock;
    }

    /**
     * Looks once more.
     *
     * @param wanted which entries are looked at
     * @return those that have settled, in natural order of each source
     * @throws InputException if a source cannot be listed
     */
    List<Entry> look(Predicate<Path> wanted) {
        long now = nanoClock.getAsLong();
        Map<Path, Seen> present = new HashMap<>();
        List<Entry> settled = new ArrayList<>();
        for (Source source : sources) {
            for (Path path : entries(source)) {
                Version version = wanted.test(path) ? version(path) : null;
                if (version == null || present.containsKey(path)) {
                    continue;
                }
                Seen before = seen.get(path);
                boolean same = before != null && before.version().equals(version);
                Seen after = same ? before : new Seen(version, now);
                present.put(path, after);
                if (now - after.since() >= PATIENCE.toNanos()) {
                    settled.add(new Entry(path, version));
                }
            }
        }
        seen = present;
        return settled;
    }

    /** Files that match, or files and folders in a folder; hidden ones are left out. */
    private static List<Path> entries(Source source) {
        Path folder = Path.of(source.folder());
        return source.pattern() == null
                ? FileFinder.children(folder, source.given())
                : FileFinder.glob(folder, source.pattern(), source.given());
    }

    /** Null for what is gone, cannot be read, or is no source. */
    private static Version version(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                return Files.isReadable(path) ? Version.NONE.and(path) : null;
            }
            Version version = Version.NONE;
            for (Path picture : VisibleFiles.below(path, PictureReader::isPicture)) {
                version = version.and(picture);
            }
            return version.files() == 0 ? null : version;
        } catch (NoSuchFileException e) {
            return null; // Gone since it was listed.
        } catch (IOException e) {
            throw new InputException("source '" + path + "' cannot be read: " + e.getMessage(), e);
        }
    }

    /** Entry in the version that has settled. */
    record Entry(Path path, Version version) {}

    /** Version of a file, or of the files in a folder. */
    record Version(int files, long bytes, long changedMillis) {

        static final Version NONE = new Version(0, 0, Long.MIN_VALUE);

        Version and(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(
                    files + 1,
                    bytes + attributes.size(),
                    Math.max(changedMillis, attributes.lastModifiedTime().toMillis()));
        }
    }

    /** Version of an entry, and since when it has it. */
    private record Seen(Version version, long since) {}
}
