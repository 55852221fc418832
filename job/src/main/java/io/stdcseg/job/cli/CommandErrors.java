// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.error.InputException;
import io.stdcseg.file.FileNames;
import io.stdcseg.training.Trainer.TrainingException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import org.apache.flink.util.SerializedThrowable;

/** Errors of commands as users see them: the root of the matter in one line. */
final class CommandErrors {

    private CommandErrors() {}

    /**
     * The unusable input behind {@code error}, also where Flink carried it in serialised form; null
     * if there is none.
     */
    static InputException inputException(Throwable error) {
        Throwable t = error;
        while (t != null) {
            if (t instanceof InputException input) {
                return input;
            }
            if (t instanceof InvalidPathException path) {
                return FileNames.refused(path);
            }
            Throwable original =
                    t instanceof SerializedThrowable serialized
                            ? serialized.deserializeError(CommandErrors.class.getClassLoader())
                            : t;
            t = original == t ? t.getCause() : original;
        }
        return null;
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
        if (root instanceof TrainingException) {
            return root.getMessage(); // a sentence by itself
        }
        String type =
                root instanceof SerializedThrowable serialized
                        ? serialized.getOriginalErrorClassName()
                        : root.getClass().getName();
        String name = type.substring(type.lastIndexOf('.') + 1);
        if (root.getMessage() == null) {
            return name + remedy(name, "");
        }
        String message = root.getMessage().replaceAll("\\s*\\R\\s*", " ");
        // In serialised form the message has the type in front.
        message = message.startsWith(type + ": ") ? message.substring(type.length() + 2) : message;
        return name + ": " + message + remedy(name, message);
    }

    /** What to try where the Java machine or the system gave out; else nothing. */
    private static String remedy(String name, String message) {
        return switch (name) {
            case "OutOfMemoryError" -> "; " + moreMemory(message);
            case "StackOverflowError" ->
                    "; something is nested too deeply, STDC_JAVA_OPTS=-Xss8m allows for more";
            case "NoClassDefFoundError", "UnsatisfiedLinkError" ->
                    "; the build does not fit: remove job/target, and the next call builds anew";
            default -> "";
        };
    }

    private static String moreMemory(String message) {
        if (message.startsWith("Java heap space") || message.startsWith("GC overhead")) {
            long megabytes = Runtime.getRuntime().maxMemory() >> 20;
            return "STDC_JAVA_OPTS=-Xmx" + 2 * megabytes + "m doubles what is allowed";
        }
        if (message.toLowerCase(Locale.ROOT).contains("direct buffer")) {
            return "STDC_JAVA_OPTS=-XX:MaxDirectMemorySize=4g allows for more";
        }
        if (message.contains("native thread")) {
            return "the system allows no more threads, see ulimit -u and the container's limit";
        }
        return "this machine has no more; try a smaller --height, --batch-size or --parallelism";
    }
}
