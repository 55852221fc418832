// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.engine.EngineException;
import java.util.Locale;

/** Tells a lack of memory on a device from PyTorch's other errors, which differ in their text. */
final class DeviceMemory {

    private DeviceMemory() {}

    static boolean ranOut(Throwable error) {
        return error instanceof EngineException
                && String.valueOf(error.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .contains("out of memory");
    }
}
