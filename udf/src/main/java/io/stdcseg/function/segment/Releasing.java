// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives back what elements hold that will not be used any more. */
final class Releasing {

    private static final Logger LOG = LoggerFactory.getLogger(Releasing.class);

    private Releasing() {}

    /** Closes {@code value} if it can be closed; a failure to do so must not hide another error. */
    static void release(Object value) {
        if (value instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.warn("{} could not be closed", value, e);
            }
        }
    }
}
