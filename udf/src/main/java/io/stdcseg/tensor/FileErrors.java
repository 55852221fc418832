// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor;

import io.stdcseg.error.InputException;

/**
 * Errors of one checkpoint file: of one line, and each names the file. Nobody vouches for what such
 * a file holds, so that text from it is quoted with care.
 *
 * @param file as the user wrote it
 */
public record FileErrors(String file) {

    private static final int LONGEST_QUOTE = 120;

    /** The error to throw; {@code reason} is one clause without a full stop. */
    public InputException because(String reason) {
        return new InputException("checkpoint " + file + " is refused: " + reason);
    }

    /** The error to throw, with what a library said in parentheses. */
    public InputException because(String reason, Exception cause) {
        String detail = quote(oneLine(cause));
        return new InputException(
                "checkpoint " + file + " is refused: " + reason + " (" + detail + ")", cause);
    }

    /** At most 120 characters of a file's text, none of them a control character. */
    public static String quote(String text) {
        String shown =
                text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
        StringBuilder clean = new StringBuilder();
        shown.chars().forEach(c -> clean.append(Character.isISOControl(c) ? '?' : (char) c));
        return clean.toString();
    }

    /** An exception's message without line breaks; its kind if it has no message. */
    public static String oneLine(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
