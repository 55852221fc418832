// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.store;

import io.stdcseg.error.InputException;
import io.stdcseg.file.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.util.FileUtils;

/**
 * Stores: Flink's file systems, such as {@code s3://bucket/videos} and {@code hdfs:///videos}. A
 * path in one is a {@link Path} like any other, read and listed by {@link Files}, written by {@link
 * io.stdcseg.file.DurableFiles#move}; its text is the URI.
 *
 * <p>Which schemes there are is for Flink's plugins and configuration to say, in each process.
 * Where all paths are local, Flink need not be there.
 */
public final class StorePaths {

    private static final Pattern URI_OF_STORE =
            Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+)://([^/]*)(/.*)?");

    private StorePaths() {}

    /** Whether a text names something in a store, and not a local file. */
    public static boolean isStored(String text) {
        Matcher matcher = URI_OF_STORE.matcher(text);
        return matcher.matches() && !matcher.group(1).equalsIgnoreCase("file");
    }

    /** Whether a path lies in a store. */
    public static boolean isStored(Path path) {
        return !FileNames.isNative(path);
    }

    /**
     * The path that a text means: in a store, or a local one.
     *
     * @throws InputException if Flink knows no file system of that scheme, or has no access to it
     */
    public static Path path(String text) {
        if (!isStored(text)) {
            return Path.of(text);
        }
        Matcher matcher = URI_OF_STORE.matcher(text);
        matcher.matches();
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String authority = matcher.group(2);
        String path = matcher.group(3) == null ? "/" : matcher.group(3);
        return StoreFileSystem.open(scheme, authority, text).getPath(path);
    }

    /**
     * Makes sure that a path's store answers, whether or not there is something under the path:
     * {@link Files#exists} takes a store that is out of reach for one without the file.
     *
     * @throws InputException if it does not
     */
    public static void requireReachable(Path path) {
        if (isStored(path)) {
            try {
                Files.readAttributes(path, BasicFileAttributes.class);
            } catch (NoSuchFileException e) {
                // The store has answered.
            } catch (IOException e) {
                throw new InputException("'" + path + "' cannot be reached: " + reason(e), e);
            }
        }
    }

    /** Deletes a folder and all that is in it; nothing happens if there is none. */
    public static void deleteFolder(Path folder) throws IOException {
        if (isStored(folder)) {
            StoreProvider.deleteFolder(folder);
        } else {
            FileUtils.deleteDirectory(folder.toFile());
        }
    }

    /** What an error says, in one line. */
    static String reason(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.strip().lines().iterator().next();
    }
}
