// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.view;

import io.stdcseg.file.VisibleFiles;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What may be seen of a folder: what lies in it and is not hidden, whatever a link or an address
 * says. Its files may change at any time.
 */
final class ServedFolder {

    private final Path root;

    /**
     * @throws IOException if there is no such folder
     */
    ServedFolder(Path folder) throws IOException {
        this.root = folder.toRealPath();
    }

    /**
     * The file or folder that an address names, without links; null if it may not be seen or is
     * neither. Of both nothing is said that would tell them from what is absent.
     *
     * @param path of the address, begins with a slash, still encoded
     */
    Path find(String path) throws IOException {
        try {
            Path named = root;
            for (String name : names(path)) {
                named = named.resolve(name);
            }
            Path real = named.toRealPath();
            return isVisible(real) && isOrdinary(real) ? real : null;
        } catch (IllegalArgumentException | FileSystemException e) {
            // No name of a file here, such as one with a stray % in it, or none that is there.
            return null;
        }
    }

    /** Names on the way to a file: decoded each by itself, so that no slash comes out of one. */
    private static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        for (String part : path.split("/")) {
            // A plus is a plus here, unlike in a form.
            String name = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.startsWith(".")) {
                throw new InvalidPathException(name, "not the name of a visible file");
            }
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    private boolean isVisible(Path real) {
        if (!real.startsWith(root)) {
            return false;
        }
        for (Path name : root.relativize(real)) {
            if (VisibleFiles.isHidden(name)) {
                return false;
            }
        }
        return true;
    }

    /** Opening a pipe would wait for its other end. */
    private static boolean isOrdinary(Path real) {
        return Files.isRegularFile(real) || Files.isDirectory(real);
    }

    /** What may be seen in a folder of it, folders first, by name. */
    List<Path> list(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> isListed(file))
                    .sorted(
                            Comparator.comparing((Path file) -> !Files.isDirectory(file))
                                    .thenComparing(file -> file.getFileName().toString()))
                    .toList();
        }
    }

    private boolean isListed(Path file) {
        try {
            Path real = file.toRealPath();
            return !VisibleFiles.isHidden(file) && isVisible(real) && isOrdinary(real);
        } catch (IOException e) {
            // It went away, or leads nowhere.
            return false;
        }
    }

    /** Path of a file or folder below the root, with slashes; empty for the root itself. */
    String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /** The page that shows most of the results; null if there is none. */
    String bestPage() {
        return Stream.of("live.html", "report.html")
                .filter(page -> Files.isRegularFile(root.resolve(page)))
                .findFirst()
                .orElse(null);
    }
}
