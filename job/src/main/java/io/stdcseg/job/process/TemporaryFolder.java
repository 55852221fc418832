// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.util.FileUtils;

/**
 * Temporary folder that is gone, with all it holds, when closed; after a process that was killed,
 * when another one is made. The operating system holds a lock on a file in it for as long as its
 * process lives.
 */
public final class TemporaryFolder implements AutoCloseable {

    private static final String LOCK = ".in-use";

    /** To close a file of one's own would unlock it. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private TemporaryFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    public static TemporaryFolder create(String prefix) throws IOException {
        return create(Path.of(System.getProperty("java.io.tmpdir")), prefix);
    }

    public static TemporaryFolder create(Path parent, String prefix) throws IOException {
        removeAbandoned(parent, prefix);
        Path path = Files.createTempDirectory(parent, prefix);
        OWN.add(path);
        FileChannel lock =
                FileChannel.open(
                        path.resolve(LOCK),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
        lock.lock();
        return new TemporaryFolder(path, lock);
    }

    private static void removeAbandoned(Path parent, String prefix) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path folder : folders) {
                if (!OWN.contains(folder) && isAbandoned(folder.resolve(LOCK))) {
                    FileUtils.deleteDirectory(folder.toFile());
                }
            }
        }
    }

    /** Not so if it cannot be told: it may be another user's, or only just begun. */
    private static boolean isAbandoned(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException e) {
            return false;
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        FileUtils.deleteDirectory(path.toFile());
        lock.close();
        OWN.remove(path);
    }
}
