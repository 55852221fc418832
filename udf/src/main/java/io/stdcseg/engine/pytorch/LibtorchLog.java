// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What libtorch writes to the standard error by itself: that DJL calls something deprecated, that a
 * processor is not one of NNPACK's. Users can do nothing about either; errors are exceptions.
 *
 * <p>Its environment variable {@code TORCH_CPP_LOG_LEVEL} is read by Python's module alone.
 */
final class LibtorchLog {

    private static final Logger LOG = LoggerFactory.getLogger(LibtorchLog.class);

    private static final String VARIABLE = "FLAGS_caffe2_log_level";

    /** Above warnings. */
    private static final int ERRORS = 2;

    private LibtorchLog() {}

    /** Keeps it to errors, once libtorch is loaded. One that has no such variable goes on. */
    static void keepToErrors() {
        try {
            LibtorchLibrary.named("c10").getGlobalVariableAddress(VARIABLE).setInt(0, ERRORS);
        } catch (LinkageError | RuntimeException e) {
            LOG.debug("libtorch's warnings go on", e);
        }
    }
}
