// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.error.InputException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.FlinkException;

/** What an operator throws when work on an element fails. */
final class JobFailures {

    private JobFailures() {}

    /**
     * The exception to throw: unusable input fails the job for good, since a restart would meet it
     * again; anything else is named after its element.
     */
    static Exception of(String subject, Throwable error) {
        Throwable cause = ExceptionUtils.stripCompletionException(error);
        InputException input = InputException.in(cause);
        return input != null
                ? new SuppressRestartsException(input)
                : new FlinkException(subject + " failed: " + cause, cause);
    }
}
