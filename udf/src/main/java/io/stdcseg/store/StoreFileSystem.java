// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.store;

import io.stdcseg.error.InputException;
import io.stdcseg.file.FileNames;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/** A store: one of Flink's file systems at one address. Flink owns what is behind it. */
final class StoreFileSystem extends FileSystem {

    private final org.apache.flink.core.fs.FileSystem flink;
    private final String scheme;
    private final String authority;

    private StoreFileSystem(
            org.apache.flink.core.fs.FileSystem flink, String scheme, String authority) {
        this.flink = flink;
        this.scheme = scheme;
        this.authority = authority;
    }

    /**
     * The store at an address.
     *
     * @param text what the user wrote, for errors
     * @throws InputException if Flink knows no file system of that scheme, or has no access to it
     */
    static StoreFileSystem open(String scheme, String authority, String text) {
        URI root = URI.create(scheme + ":///");
        try {
            if (!authority.isEmpty()) {
                root = new URI(scheme, authority, "/", null, null);
            }
            return new StoreFileSystem(
                    org.apache.flink.core.fs.FileSystem.getUnguardedFileSystem(root),
                    scheme,
                    authority);
        } catch (UnsupportedFileSystemSchemeException e) {
            throw new InputException(
                    "'"
                            + text
                            + "': Flink has no file system for "
                            + scheme
                            + " here; the plugins in FLINK_PLUGINS_DIR bring one, as"
                            + " flink-s3-fs-hadoop for s3",
                    e);
        } catch (Exception e) {
            throw new InputException(
                    "'" + text + "' cannot be reached: " + StorePaths.reason(e), e);
        }
    }

    org.apache.flink.core.fs.FileSystem flink() {
        return flink;
    }

    /** How the texts of absolute paths begin, without the slash that follows. */
    String prefix() {
        return scheme + "://" + authority;
    }

    org.apache.flink.core.fs.Path flinkPath(StorePath path) {
        String names = path.toAbsolutePath().toString().substring(prefix().length());
        return new org.apache.flink.core.fs.Path(
                scheme, authority.isEmpty() ? null : authority, names);
    }

    @Override
    public StorePath getPath(String first, String... more) {
        StringBuilder text = new StringBuilder(first);
        for (String part : more) {
            text.append('/').append(part);
        }
        if (first.startsWith(prefix() + "/") || first.equals(prefix())) {
            text.delete(0, prefix().length()).insert(0, '/');
        }
        List<String> names =
                Arrays.stream(text.toString().split("/")).filter(n -> !n.isEmpty()).toList();
        return new StorePath(this, text.indexOf("/") == 0, names);
    }

    /** Matches as the machine's own file system does. */
    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher names =
                FileSystems.getDefault().getPathMatcher(syntaxAndPattern.replace(prefix(), ""));
        return path -> names.matches(local(path.toString().replace(prefix(), "")));
    }

    private static Path local(String names) {
        try {
            return Path.of(names);
        } catch (InvalidPathException e) {
            throw FileNames.refused(e);
        }
    }

    @Override
    public FileSystemProvider provider() {
        return StoreProvider.INSTANCE;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("stores are Flink's to close");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(getPath("/"));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("stores have no users");
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("a store cannot be watched");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoreFileSystem that && that.prefix().equals(prefix());
    }

    @Override
    public int hashCode() {
        return prefix().hashCode();
    }

    @Override
    public String toString() {
        return prefix();
    }
}
