// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Durable files and folders ({@code fsync}): still there after the machine itself has stopped. A
 * file's content and its name are two things: the one is forced with the file, the other with the
 * folder that it stands in.
 *
 * <p>A store has files that are whole and durable, or none: nothing is to be forced there, and its
 * folders come and go with their files.
 */
public final class DurableFiles {

    /** Windows does not open folders, and keeps names without being asked. */
    private static final boolean FOLDERS_OPEN = !System.getProperty("os.name").startsWith("Win");

    private DurableFiles() {}

    /** Makes a folder and those on the way to it; nothing happens if it is there. */
    public static void createFolders(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        if (!FileNames.isNative(absolute) || Files.isDirectory(absolute)) {
            return;
        }
        Path parent = absolute.getParent();
        if (parent != null) {
            createFolders(parent);
        }
        Files.createDirectories(absolute);
        if (parent != null) {
            fsyncFolder(parent);
        }
    }

    /**
     * Gives a finished file its final name, replacing what is there: after this the whole file has
     * that name, before it none of it, whenever the machine stops.
     *
     * @param finished on the target's file system; for a store, on the machine's own as well
     */
    public static void move(Path finished, Path target) throws IOException {
        if (!FileNames.isNative(target)) {
            target.getFileSystem().provider().move(finished, target);
            return;
        }
        fsync(finished);
        createFolders(target.toAbsolutePath().getParent());
        Files.move(
                finished,
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        fsyncFolder(target.toAbsolutePath().getParent());
    }

    /** Forces a file's content; what was written through another channel counts, too. */
    public static void fsync(Path file) throws IOException {
        if (!FileNames.isNative(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Forces which files stand in a folder, and under which names. */
    public static void fsyncFolder(Path folder) throws IOException {
        if (FOLDERS_OPEN && FileNames.isNative(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
