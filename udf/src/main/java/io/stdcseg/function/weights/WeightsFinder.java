// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.weights;

import io.stdcseg.file.VisibleFiles;
import io.stdcseg.store.StorePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Finder of new weights: the watched file, or the one that was changed last in the watched folder,
 * by its name among several of that time. A file is taken when its size and time of change have
 * stayed the same for a while; one that is still written keeps older ones from being taken. For one
 * thread.
 */
final class WeightsFinder {

    private static final List<String> ENDINGS = List.of(".safetensors", ".pth");

    private final WeightsWatch watch;
    private final LongSupplier nanoClock;
    private Version seen;
    private long since;
    private Version read;
    private String digest;

    /** Version of a file. */
    private record Version(Path file, long bytes, long changedMillis) {}

    /**
     * Weights that have settled.
     *
     * @param sha256 of their bytes, in hexadecimal
     */
    record Found(Path file, String sha256) {}

    /**
     * @param nanoClock in nanoseconds, like {@link System#nanoTime()}
     */
    WeightsFinder(WeightsWatch watch, LongSupplier nanoClock) {
        this.watch = watch;
        this.nanoClock = nanoClock;
    }

    /**
     * Looks once more.
     *
     * @return the newest weights; empty if there are none yet, or they are still being written
     * @throws IOException if they cannot be read
     */
    Optional<Found> look() throws IOException {
        Version newest = newest();
        if (newest == null) {
            seen = null;
            return Optional.empty();
        }
        long now = nanoClock.getAsLong();
        if (!newest.equals(seen)) {
            seen = newest;
            since = now;
        }
        if (now - since < watch.patience().toNanos()) {
            return Optional.empty();
        }
        if (!newest.equals(read)) {
            digest = WeightsCopies.digest(newest.file());
            read = newest;
        }
        return Optional.of(new Found(newest.file(), digest));
    }

    /** Null if there is none. */
    private Version newest() throws IOException {
        Path path = StorePaths.path(watch.path());
        if (!Files.isDirectory(path)) {
            return version(path);
        }
        Version newest = null;
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(WeightsFinder::isNamedAsWeights).toList()) {
                newest = later(newest, version(file));
            }
        }
        return newest;
    }

    private static Version later(Version one, Version other) {
        Comparator<Version> order =
                Comparator.nullsFirst(
                        Comparator.comparingLong(Version::changedMillis)
                                .thenComparing(version -> version.file().toString()));
        return order.compare(one, other) < 0 ? other : one;
    }

    private static boolean isNamedAsWeights(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !VisibleFiles.isHidden(file) && ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** Null if it is gone, or no file. */
    private static Version version(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? new Version(file, attributes.size(), attributes.lastModifiedTime().toMillis())
                    : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
