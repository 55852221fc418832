// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.file;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Listing of folders without hidden files: those whose names begin with a dot are what other
 * programs left, such as {@code ._a.png} of macOS and {@code .ipynb_checkpoints}.
 */
public final class VisibleFiles {

    private VisibleFiles() {}

    /** Whether a file's own name begins with a dot. */
    public static boolean isHidden(Path file) {
        Path name = file.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    /**
     * The regular files in a folder and the folders in it, links followed, in no order. The folder
     * itself may be hidden.
     *
     * @throws IOException if one of the folders cannot be listed; names it
     */
    public static List<Path> below(Path folder, Predicate<Path> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(
                folder,
                EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                Integer.MAX_VALUE,
                new Collector(folder, wanted, found));
        return found;
    }

    private static final class Collector extends SimpleFileVisitor<Path> {

        private final Path base;
        private final Predicate<Path> wanted;
        private final List<Path> found;

        Collector(Path base, Predicate<Path> wanted, List<Path> found) {
            this.base = base;
            this.wanted = wanted;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden = !folder.equals(base) && isHidden(folder);
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isHidden(file) && wanted.test(file)) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof FileSystemLoopException) {
                return FileVisitResult.CONTINUE;
            }
            throw new IOException("no access to " + file, e);
        }
    }
}
