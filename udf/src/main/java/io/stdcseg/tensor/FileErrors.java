// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor;

import io.stdcseg.error.InputException;

/**
 * Makes the errors of one checkpoint file, so that every one names the file.
 *
 * @param file as the user wrote it
 */
public record FileErrors(String file) {

    /** The error to throw; {@code reason} is one clause without a full stop. */
    public InputException because(String reason) {
        return new InputException("checkpoint " + file + " is refused: " + reason);
    }

    public InputException because(String reason, Exception cause) {
        String detail = QuotedText.of(CheckpointFiles.oneLine(cause));
        return new InputException(
                "checkpoint " + file + " is refused: " + reason + " (" + detail + ")", cause);
    }
}
