// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.store;

import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Path in a store: names behind a root, which is written as the store's URI. */
final class StorePath implements Path {

    private static final String UP = "..";

    private final StoreFileSystem fileSystem;
    private final boolean absolute;
    private final List<String> names;
    private final AtomicReference<BasicFileAttributes> listed = new AtomicReference<>();

    StorePath(StoreFileSystem fileSystem, boolean absolute, List<String> names) {
        this.fileSystem = fileSystem;
        this.absolute = absolute;
        this.names = List.copyOf(names);
    }

    /** Keeps what a listing of the folder has said, for who asks next. */
    StorePath withListed(BasicFileAttributes attributes) {
        listed.set(attributes);
        return this;
    }

    /** What a listing has said, once: later questions are for the store. Null if there is none. */
    BasicFileAttributes takeListed() {
        return listed.getAndSet(null);
    }

    private StorePath of(boolean isAbsolute, List<String> other) {
        return new StorePath(fileSystem, isAbsolute, other);
    }

    @Override
    public StoreFileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public Path getRoot() {
        return absolute ? of(true, List.of()) : null;
    }

    @Override
    public Path getFileName() {
        return names.isEmpty() ? null : of(false, names.subList(names.size() - 1, names.size()));
    }

    @Override
    public Path getParent() {
        boolean none = names.isEmpty() || (names.size() == 1 && !absolute);
        return none ? null : of(absolute, names.subList(0, names.size() - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return subpath(index, index + 1);
    }

    @Override
    public Path subpath(int begin, int end) {
        if (begin < 0 || begin >= end || end > names.size()) {
            throw new IllegalArgumentException("names " + begin + " to " + end + " of " + this);
        }
        return of(false, names.subList(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof StorePath that
                && that.fileSystem.equals(fileSystem)
                && that.absolute == absolute
                && that.names.size() <= names.size()
                && names.subList(0, that.names.size()).equals(that.names);
    }

    @Override
    public boolean endsWith(Path other) {
        if (!(other instanceof StorePath that) || that.names.size() > names.size()) {
            return false;
        }
        return that.absolute
                ? equals(that)
                : names.subList(names.size() - that.names.size(), names.size()).equals(that.names);
    }

    @Override
    public Path normalize() {
        List<String> kept = new ArrayList<>();
        for (String name : names) {
            boolean stepsBack =
                    !kept.isEmpty() && !kept.get(kept.size() - 1).equals(UP) && name.equals(UP);
            if (stepsBack) {
                kept.remove(kept.size() - 1);
            } else if (!name.equals(".") && !(absolute && name.equals(UP))) {
                kept.add(name);
            }
        }
        return of(absolute, kept);
    }

    @Override
    public Path resolve(Path other) {
        StorePath that = ours(other);
        if (that.absolute) {
            return that;
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(that.names);
        return of(absolute, all);
    }

    @Override
    public Path relativize(Path other) {
        StorePath that = ours(other);
        if (that.absolute != absolute || !that.fileSystem.equals(fileSystem)) {
            throw new IllegalArgumentException(other + " has another root than " + this);
        }
        int common = 0;
        while (common < Math.min(names.size(), that.names.size())
                && names.get(common).equals(that.names.get(common))) {
            common++;
        }
        List<String> way = new ArrayList<>(Collections.nCopies(names.size() - common, UP));
        way.addAll(that.names.subList(common, that.names.size()));
        return of(false, way);
    }

    private static StorePath ours(Path other) {
        if (other instanceof StorePath path) {
            return path;
        }
        throw new ProviderMismatchException(other + " is no path of a store");
    }

    @Override
    public URI toUri() {
        return fileSystem.flinkPath(this).toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return absolute ? this : of(true, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath().normalize();
    }

    @Override
    public WatchKey register(
            WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("a store cannot be watched");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StorePath that
                && that.absolute == absolute
                && that.names.equals(names)
                && that.fileSystem.equals(fileSystem);
    }

    @Override
    public int hashCode() {
        return 31 * fileSystem.hashCode() + names.hashCode();
    }

    @Override
    public String toString() {
        String joined = String.join("/", names);
        return absolute ? fileSystem.prefix() + "/" + joined : joined;
    }
}
