// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import io.stdcseg.store.StorePaths;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * Store of Flink's for tests, {@code folder:///tmp/a}: a folder of this machine, which nobody who
 * reads from the store can know. It stops answering when told to.
 */
public final class FolderStore implements FileSystemFactory {

    private static final String SCHEME = "folder";

    private static volatile CountDownLatch together = new CountDownLatch(0);
    private static volatile long lastByte = Long.MAX_VALUE;
    private static final AtomicInteger FAILURES = new AtomicInteger();

    /** A local path as one of the store. */
    public static java.nio.file.Path of(java.nio.file.Path local) {
        return StorePaths.path(text(local));
    }

    /** The same as users write it. */
    public static String text(java.nio.file.Path local) {
        return SCHEME + "://" + local.toAbsolutePath().toString().replace('\\', '/');
    }

    /** Reading fails behind that many bytes of every file, until the returned is closed. */
    public static AutoCloseable failingBehind(long bytes) {
        return failingBehind(bytes, Integer.MAX_VALUE);
    }

    /** The same for so many readings at most. */
    public static AutoCloseable failingBehind(long bytes, int times) {
        FAILURES.set(times);
        lastByte = bytes;
        return () -> lastByte = Long.MAX_VALUE;
    }

    /** Reading begins when so many files are being opened, until the returned is closed. */
    public static AutoCloseable readingTogether(int files) {
        together = new CountDownLatch(files);
        return () -> together = new CountDownLatch(0);
    }

    /** How many readings may still fail. */
    public static int failuresLeft() {
        return FAILURES.get();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileSystem create(URI uri) {
        return new Folder();
    }

    private static final class Folder extends LocalFileSystem {

        @Override
        public FSDataInputStream open(Path file) throws IOException {
            try {
                together.countDown();
                together.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException("while others are not being opened");
            }
            return new Reading(super.open(file));
        }
    }

    private static final class Reading extends FSDataInputStream {

        private final FSDataInputStream in;

        Reading(FSDataInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            requireAnswer();
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int bytes) throws IOException {
            requireAnswer();
            // A store gives what has arrived.
            return in.read(target, offset, Math.min(bytes, 8191));
        }

        private void requireAnswer() throws IOException {
            if (in.getPos() > lastByte && FAILURES.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new IOException("connection reset");
            }
        }

        @Override
        public void seek(long position) throws IOException {
            in.seek(position);
        }

        @Override
        public long getPos() throws IOException {
            return in.getPos();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
