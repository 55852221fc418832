// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

/** The device has no memory for a batch as large as this one; a smaller one may fit. */
public final class OutOfDeviceMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutOfDeviceMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
