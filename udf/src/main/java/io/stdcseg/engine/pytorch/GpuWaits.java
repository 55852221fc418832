// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How threads of this process wait for its GPUs: asleep, once anybody uses one. */
final class GpuWaits {

    private static final Logger LOG = LoggerFactory.getLogger(GpuWaits.class);

    private static final Set<Integer> ASKED = ConcurrentHashMap.newKeySet();

    private GpuWaits() {}

    /** To be called before a GPU is used; without effect from the second time on. */
    static void sleep(int gpu) {
        if (ASKED.add(gpu)) {
            sleep(gpu, CudaDriver.ofThisMachine());
        }
    }

    static void sleep(int gpu, Optional<CudaDriver> driver) {
        try {
            int error = driver.isEmpty() ? 0 : sleep(gpu, driver.get());
            if (error != 0) {
                LOG.warn(
                        "threads spin while they wait for GPU {}: {}",
                        gpu,
                        driver.get().describe(error));
            }
        } catch (LinkageError e) {
            LOG.warn("threads spin while they wait for GPU {}: {}", gpu, e.toString());
        }
    }

    private static int sleep(int gpu, CudaDriver driver) {
        int error = driver.start();
        return error != 0 ? error : driver.sleepWhileWaiting(gpu);
    }
}
