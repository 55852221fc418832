// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.failure;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.failure.FailureEnricher;
import org.apache.flink.core.failure.FailureEnricherFactory;
import org.apache.flink.util.SerializedThrowable;

/**
 * Label of a job's failure: the one line that ended it. Flink's web UI shows labels on top of a
 * failure, whose stack trace begins with Flink's own "The failure is not recoverable".
 *
 * <p>Of the job's classes it knows the names alone: plugins have a class loader of their own.
 */
public final class CauseEnricher implements FailureEnricher {

    static final String KEY = "cause";

    /** Says by itself what is wrong with the input. */
    private static final String INPUT = "io.stdcseg.error.InputException";

    @Override
    public Set<String> getOutputKeys() {
        return Set.of(KEY);
    }

    @Override
    public CompletableFuture<Map<String, String>> processFailure(Throwable error, Context context) {
        return CompletableFuture.completedFuture(Map.of(KEY, cause(error)));
    }

    /** What is wrong with the input, else the innermost cause with its type; one line. */
    static String cause(Throwable error) {
        Throwable innermost = error;
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (type(t).equals(INPUT)) {
                return message(t);
            }
            innermost = t;
        }
        String type = type(innermost);
        String message = message(innermost);
        String name = type.substring(type.lastIndexOf('.') + 1);
        return message.isEmpty() ? name : name + ": " + message;
    }

    private static String type(Throwable error) {
        return error instanceof SerializedThrowable serialized
                ? serialized.getOriginalErrorClassName()
                : error.getClass().getName();
    }

    private static String message(Throwable error) {
        String text = error.getMessage() == null ? "" : error.getMessage();
        String line = text.replaceAll("\\s*\\R\\s*", " ");
        // In serialised form the message has the type in front.
        String prefix = type(error) + ": ";
        return line.startsWith(prefix) ? line.substring(prefix.length()) : line;
    }

    /** By which Flink finds it. */
    public static final class Factory implements FailureEnricherFactory {

        @Override
        public FailureEnricher createFailureEnricher(Configuration configuration) {
            return new CauseEnricher();
        }
    }
}
