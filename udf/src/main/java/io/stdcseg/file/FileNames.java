// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.file;

import io.stdcseg.error.InputException;
import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** File names and their encoding: Java has characters, most systems bytes. */
public final class FileNames {

    private static final char REPLACEMENT = '\uFFFD';

    private FileNames() {}

    /**
     * The encoding in which this process names files: the locale's. On Windows names are characters
     * and C libraries take UTF-8.
     */
    public static Charset encoding() {
        String name = System.getProperty("sun.jnu.encoding");
        boolean bytes = File.separatorChar == '/' && name != null && Charset.isSupported(name);
        return bytes ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    /**
     * Whether a path names a file of the machine itself, which native code opens by its name;
     * others lie in a store.
     */
    public static boolean isNative(Path file) {
        return file.getFileSystem().equals(FileSystems.getDefault());
    }

    /** Why a file cannot be named, or is not found though it is there; null if it can be. */
    public static String whyMisnamed(Path file) {
        // Java has this letter for bytes that are no letter: it names another file, or none.
        return file.toString().indexOf(REPLACEMENT) < 0 ? null : misencoded();
    }

    /** One line for a name that no path can have. */
    public static InputException refused(InvalidPathException e) {
        String name = e.getInput().replace("\0", "\\0");
        boolean ascii = name.chars().allMatch(c -> c >= ' ' && c < 127);
        return new InputException(
                "file name '" + name + "': " + (ascii ? e.getReason() : misencoded()), e);
    }

    private static String misencoded() {
        return "its name is not in "
                + encoding().name()
                + ", the encoding of this process's locale"
                + (encoding().equals(StandardCharsets.UTF_8) ? "" : "; try LC_ALL=C.UTF-8");
    }
}
