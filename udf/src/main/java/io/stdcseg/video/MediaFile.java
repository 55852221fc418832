// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.error.InputException;
import io.stdcseg.file.FileNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Media file and how its bytes are reached: FFmpeg opens the machine's own files by their names,
 * those of a store are read for it, and some lie in memory.
 */
public final class MediaFile {

    private final Path path;
    private final byte[] content;

    private MediaFile(Path path, byte[] content) {
        this.path = path;
        this.content = content;
    }

    /** A file that is read as far as it is needed. */
    public static MediaFile of(Path path) {
        return new MediaFile(path, null);
    }

    /**
     * A small file, which is looked at from several sides: read whole, once, where it lies in a
     * store.
     *
     * @throws InputException if the store has no such file
     * @throws UncheckedIOException if the store does not answer
     */
    public static MediaFile whole(Path path) {
        if (FileNames.isNative(path)) {
            return of(path);
        }
        try {
            return new MediaFile(path, Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw Demuxer.unreadable(path, "the file does not exist");
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read at present", e);
        }
    }

    /**
     * A file that lies in memory.
     *
     * @param name what errors call it
     */
    public static MediaFile inMemory(String name, byte[] content) {
        return new MediaFile(Path.of(name), content);
    }

    /** What it is called. */
    public Path path() {
        return path;
    }

    /** Whether its name is all that native code needs. */
    public boolean isNative() {
        return content == null && FileNames.isNative(path);
    }

    /** Whether there are bytes to read: it is no folder, pipe or device. */
    public boolean isRegular() {
        return content != null || Files.isRegularFile(path);
    }

    /** Its bytes from the first on; the caller closes it. */
    public SeekableByteChannel open() throws IOException {
        return content == null ? Files.newByteChannel(path) : new MemoryChannel(content);
    }

    /** The same for those who never go back. */
    public InputStream stream() throws IOException {
        return content == null ? Files.newInputStream(path) : new ByteArrayInputStream(content);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
