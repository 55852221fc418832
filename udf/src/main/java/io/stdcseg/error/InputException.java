// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.error;

/**
 * Error in what a user gave: a file, an option or a picture that cannot be used.
 *
 * <p>The message is one line that names the value, the subject and what is allowed. The command
 * line shows it as it is and ends with exit code 2; a job does not restart on it.
 */
public final class InputException extends RuntimeException {

    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Refuses a value.
     *
     * @param allowed whether it is allowed
     * @param subject what has the value
     * @param range what would be allowed
     */
    public static void unless(boolean allowed, String subject, Object value, String range) {
        if (!allowed) {
            throw new InputException(subject + " is " + value + "; " + range + " is allowed");
        }
    }

    /** The first {@code InputException} among {@code error} and its causes, or null. */
    public static InputException in(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof InputException input) {
                return input;
            }
        }
        return null;
    }
}
