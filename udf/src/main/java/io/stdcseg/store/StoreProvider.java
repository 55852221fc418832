// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.store;

import io.stdcseg.file.FileNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.fs.FileStatus;

/**
 * Provider of stores, for {@link java.nio.file.Files}: reads, lists, deletes. A file comes into a
 * store whole, by being moved there; folders come and go with what is in them.
 */
final class StoreProvider extends FileSystemProvider {

    static final StoreProvider INSTANCE = new StoreProvider();

    private StoreProvider() {}

    private static org.apache.flink.core.fs.FileSystem flink(Path path) {
        return ((StorePath) path).getFileSystem().flink();
    }

    private static org.apache.flink.core.fs.Path flinkPath(Path path) {
        StorePath ours = (StorePath) path;
        return ours.getFileSystem().flinkPath(ours);
    }

    /** Stores are found by their own schemes, see {@link StorePaths#path}. */
    @Override
    public String getScheme() {
        return "flink";
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        for (OpenOption option : options) {
            if (option != StandardOpenOption.READ) {
                throw new UnsupportedOperationException("a file comes into a store whole");
            }
        }
        return new StoreChannel(
                open(path), () -> readAttributes(path, BasicFileAttributes.class).size());
    }

    @Override
    public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
        return open(path);
    }

    private static org.apache.flink.core.fs.FSDataInputStream open(Path path) throws IOException {
        try {
            return flink(path).open(flinkPath(path));
        } catch (FileNotFoundException e) {
            throw absent(path, e);
        }
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
            Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
        List<Path> found = new ArrayList<>();
        for (FileStatus status : list(folder)) {
            StorePath path = (StorePath) ((StorePath) folder).resolve(status.getPath().getName());
            path.withListed(new StoreAttributes(status));
            if (filter.accept(path)) {
                found.add(path);
            }
        }
        return new Listing(found);
    }

    private static FileStatus[] list(Path folder) throws IOException {
        try {
            FileStatus[] found = flink(folder).listStatus(flinkPath(folder));
            if (found == null) { // Some of Flink's file systems do not throw.
                throw new FileNotFoundException(folder.toString());
            }
            boolean itself =
                    found.length == 1
                            && !found[0].isDir()
                            && found[0].getPath().getPath().equals(flinkPath(folder).getPath());
            if (itself) {
                throw new NotDirectoryException(folder.toString());
            }
            return found;
        } catch (FileNotFoundException e) {
            throw absent(folder, e);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <A extends BasicFileAttributes> A readAttributes(
            Path path, Class<A> type, LinkOption... options) throws IOException {
        if (type != BasicFileAttributes.class) {
            throw new UnsupportedOperationException("stores have basic attributes only");
        }
        BasicFileAttributes listed = ((StorePath) path).takeListed();
        if (listed != null) {
            return (A) listed;
        }
        try {
            return (A) new StoreAttributes(flink(path).getFileStatus(flinkPath(path)));
        } catch (FileNotFoundException e) {
            throw absent(path, e);
        }
    }

    private static NoSuchFileException absent(Path path, FileNotFoundException cause) {
        NoSuchFileException absent = new NoSuchFileException(path.toString());
        absent.initCause(cause);
        return absent;
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        readAttributes(path, BasicFileAttributes.class);
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
        return path.equals(other);
    }

    @Override
    public boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) {
        throw new UnsupportedOperationException("folders of a store come with their files");
    }

    @Override
    public void delete(Path path) throws IOException {
        try {
            // Some of Flink's file systems do not throw.
            if (!flink(path).delete(flinkPath(path), false)) {
                throw new NoSuchFileException(path.toString());
            }
        } catch (FileNotFoundException e) {
            throw absent(path, e);
        }
    }

    /** Deletes a folder and all that is in it; nothing happens if there is none. */
    static void deleteFolder(Path folder) throws IOException {
        try {
            flink(folder).delete(flinkPath(folder), true);
        } catch (FileNotFoundException e) {
            // There is none.
        }
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException("nothing is copied in a store");
    }

    /**
     * Moves a file: one of the machine itself replaces what is there, one of the same store does
     * not.
     *
     * @param options none is needed, and none is heeded
     */
    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        if (FileNames.isNative(source)) {
            StoreUpload.upload(source, flink(target), flinkPath(target));
            Files.delete(source);
        } else {
            rename(source, target);
        }
    }

    private static void rename(Path source, Path target) throws IOException {
        try {
            if (!flink(target).rename(flinkPath(source), flinkPath(target))) {
                throw Files.exists(source)
                        ? new FileAlreadyExistsException(target.toString())
                        : new NoSuchFileException(source.toString());
            }
        } catch (FileNotFoundException e) {
            throw absent(source, e);
        }
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options) {
        throw new UnsupportedOperationException("attributes are the store's to set");
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
        throw new UnsupportedOperationException("stores have basic attributes only");
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException("a store does not say how large it is");
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("stores are Flink's to make");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return getPath(uri).getFileSystem();
    }

    @Override
    public Path getPath(URI uri) {
        return StorePaths.path(uri.toString());
    }

    /** A folder that has been listed. */
    private record Listing(List<Path> found) implements DirectoryStream<Path> {

        @Override
        public Iterator<Path> iterator() {
            return found.iterator();
        }

        @Override
        public void close() {
            // The store gave it whole.
        }
    }
}
