// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Atomic writes of files: complete or absent, never half, also on a full disk. */
public final class AtomicFile {

    private static final Pattern TEMPORARY_NAME = Pattern.compile("\\.(.+)\\.[0-9a-f-]{36}");

    /** Content of a file. */
    @FunctionalInterface
    public interface Content {

        /** Writes all of it; may close the stream. */
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes under another name and moves the finished file; replaces what is there. Folders on the
     * way to it are made. A process that ends in between leaves at most the other file, for a file
     * of a store in the machine's temporary folder.
     *
     * @throws IOException whose message names the file
     */
    public static void write(Path file, Content content) throws IOException {
        write(file, content, false);
    }

    /** As {@link #write}, and so that the file is there also if the machine itself stops. */
    public static void writeDurably(Path file, Content content) throws IOException {
        write(file, content, true);
    }

    private static void write(Path file, Content content, boolean durably) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        boolean stored = !FileNames.isNative(file);
        Path unfinished =
                stored
                        ? Files.createTempFile("stdc-", null)
                        : folder.resolve("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            if (durably || stored) {
                DurableFiles.createFolders(folder);
            } else {
                Files.createDirectories(folder);
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                content.writeTo(out);
            }
            if (durably || stored) {
                DurableFiles.move(unfinished, file);
            } else {
                Files.move(
                        unfinished,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        } finally {
            discard(unfinished);
        }
    }

    /** Removes what processes left that were killed while they wrote a file. */
    public static void removeUnfinished(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (!FileNames.isNative(file) || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path other : files.toList()) {
                if (isUnfinished(other, file.getFileName().toString())) {
                    Files.deleteIfExists(other);
                }
            }
        }
    }

    /**
     * One line for a file that could not be written: of a full disk Java says not where, of other
     * faults not what.
     */
    public static FileSystemException unwritable(Path file, IOException e) {
        FileSystemException named =
                new FileSystemException(file.toString(), null, "cannot be written: " + reason(e));
        named.addSuppressed(e);
        return named;
    }

    /** Removes what is left; says nothing where it could not even be made. */
    private static void discard(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // What happened before is what the user must know.
        }
    }

    /** What is wrong, without the unfinished file's name. */
    private static String reason(IOException e) {
        if (!(e instanceof FileSystemException fault)) {
            return e.getMessage();
        }
        if (fault instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (fault instanceof FileAlreadyExistsException) {
            return fault.getFile() + " is no folder";
        }
        if (fault instanceof NoSuchFileException) {
            return "its folder takes no new files";
        }
        return fault.getReason() == null ? fault.getClass().getSimpleName() : fault.getReason();
    }

    /** Whether a name is the one that a file of that name has until it is complete. */
    public static boolean isUnfinished(Path unfinished, String name) {
        Matcher matcher = TEMPORARY_NAME.matcher(unfinished.getFileName().toString());
        return matcher.matches() && matcher.group(1).equals(name);
    }
}
