// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.error.InputException;
import io.stdcseg.file.VisibleFiles;
import io.stdcseg.picture.PictureReader;
import io.stdcseg.store.StorePaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Globs and folders of pictures, as the files they stand for; hidden ones are left out. */
final class FileFinder {

    private static final String WILDCARDS = "*?[{";

    private FileFinder() {}

    /** Pictures of a folder and the folders in it, in natural order of their relative paths. */
    static List<Path> pictures(Path folder, String source) {
        return walk(folder, source, PictureReader::isPicture);
    }

    /** Files and folders of a folder, in natural order. */
    static List<Path> children(Path folder, String source) {
        try (Stream<Path> children = Files.list(folder)) {
            return inOrder(children.filter(child -> !VisibleFiles.isHidden(child)).toList());
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(source, e);
        }
    }

    /** Files that match a pattern, in natural order. */
    static List<Path> glob(String pattern, String source) {
        return glob(globBase(pattern), belowBase(pattern), source);
    }

    /** The same below a folder. */
    static List<Path> glob(Path base, String pattern, String source) {
        StorePaths.requireReachable(base);
        if (!Files.isDirectory(base)) {
            throw new InputException(
                    "source '" + source + "': folder " + base + " of the glob does not exist");
        }
        PathMatcher matcher;
        try {
            matcher = base.getFileSystem().getPathMatcher("glob:" + absolute(base, pattern));
        } catch (PatternSyntaxException e) {
            throw new InputException(
                    "source '" + source + "' is not a glob: " + e.getDescription(), e);
        }
        return walk(base, source, matcher::matches);
    }

    /** Whether a path holds characters that only globs give a meaning. */
    static boolean isGlob(String path) {
        return path.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
    }

    /** The folder before the first part of the pattern that holds a wildcard. */
    static Path globBase(String pattern) {
        return StorePaths.path(pattern.substring(0, endOfBase(pattern)))
                .toAbsolutePath()
                .normalize();
    }

    /** What a pattern says below its {@link #globBase}. */
    static String belowBase(String pattern) {
        return pattern.substring(endOfBase(pattern));
    }

    private static String absolute(Path base, String pattern) {
        String escaped = base.toString().replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1");
        return (escaped.endsWith("/") ? escaped : escaped + "/") + pattern;
    }

    private static int endOfBase(String pattern) {
        int wildcard = 0;
        while (WILDCARDS.indexOf(pattern.charAt(wildcard)) < 0) {
            wildcard++;
        }
        return pattern.lastIndexOf('/', wildcard) + 1;
    }

    private static List<Path> walk(Path base, String source, Predicate<Path> wanted) {
        try {
            return inOrder(VisibleFiles.below(base, wanted));
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    private static List<Path> inOrder(List<Path> files) {
        return files.stream()
                .sorted((a, b) -> NaturalOrder.INSTANCE.compare(a.toString(), b.toString()))
                .toList();
    }

    private static InputException unreadable(String source, Exception e) {
        return new InputException("source '" + source + "' cannot be read: " + e.getMessage(), e);
    }
}
