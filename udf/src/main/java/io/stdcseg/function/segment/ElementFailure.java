// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.engine.SpoiledDeviceError;
import io.stdcseg.error.InputException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.FlinkException;

/** What becomes of a task one of whose elements fails. */
public final class ElementFailure {

    private ElementFailure() {}

    /**
     * The exception to fail with: unusable input fails the job for good, since a restart would meet
     * it again; anything else is named after its element. Does not return in a task manager that
     * has lost its device: its process ends.
     *
     * @param description the element, for errors
     */
    public static Exception of(String description, Throwable error) {
        Throwable cause = ExceptionUtils.stripCompletionException(error);
        if (cause instanceof SpoiledDeviceError lost) {
            return LostDevice.failure(lost);
        }
        InputException input = InputException.in(cause);
        return input != null
                ? new SuppressRestartsException(input)
                : new FlinkException(description + " failed: " + cause, cause);
    }
}
