// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.error.InputException;
import io.stdcseg.file.FileNames;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.SerializedThrowable;

/** What a failed command says: the root of the matter in one line. */
final class JobErrors {

    private JobErrors() {}

    /**
     * The unusable input behind {@code error}, also where Flink carried it in serialised form; null
     * if there is none.
     */
    static InputException inputException(Throwable error) {
        return ExceptionUtils.findThrowable(error, InputException.class)
                .or(
                        () ->
                                ExceptionUtils.findSerializedThrowable(
                                        error,
                                        InputException.class,
                                        JobErrors.class.getClassLoader()))
                .or(
                        () ->
                                ExceptionUtils.findThrowable(error, InvalidPathException.class)
                                        .map(FileNames::refused))
                .orElse(null);
    }

    /** The innermost cause with its type, on one line. */
    static String oneLine(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof InterruptedException) {
            return "ended before the work was done";
        }
        if (root instanceof FileSystemException file && file.getReason() != null) {
            return file.getMessage(); // the file and what is wrong, as tools say it
        }
        String type =
                root instanceof SerializedThrowable serialized
                        ? serialized.getOriginalErrorClassName()
                        : root.getClass().getName();
        String message = String.valueOf(root.getMessage()).replaceAll("\\s*\\R\\s*", " ");
        return type.substring(type.lastIndexOf('.') + 1) + ": " + message;
    }
}
