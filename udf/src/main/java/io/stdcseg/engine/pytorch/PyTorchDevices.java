// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Device;
import io.stdcseg.engine.Devices;

/** DJL's names of devices. */
public final class PyTorchDevices {

    private PyTorchDevices() {}

    /** The device of one of our names. */
    public static Device of(String name) {
        return Devices.isGpu(name) ? Device.gpu(Devices.number(name)) : Device.cpu();
    }
}
