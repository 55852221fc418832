// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.engine.Devices;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.error.InputException;
import io.stdcseg.network.Precision;
import io.stdcseg.training.recipe.Recipe;
import java.util.Collections;
import java.util.List;

/**
 * Devices of a training, and the precision of convolutions on them.
 *
 * @param names one for each part of a batch: different GPUs, or the CPU several times
 * @param precision single precision or bfloat16
 */
record TrainingDevices(List<String> names, Precision precision) {

    /**
     * The devices that options ask for and a recipe can use.
     *
     * @param device as {@link Trainer.Options#device()}
     * @param threads as {@link Trainer.Options#threads()}
     * @throws InputException if there is no such device, or batches cannot be shared
     */
    static TrainingDevices of(Recipe recipe, String device, int threads) {
        List<String> names = names(recipe.batchSize(), device, threads);
        Engines.require("eager", Precision.FP32, names.get(0));
        return new TrainingDevices(names, precision(recipe, names.get(0)));
    }

    private static List<String> names(int batchSize, String device, int threads) {
        List<String> devices = Engines.devices(SegmenterOptions.DEFAULTS.withDevice(device));
        if (!Devices.isGpu(devices.get(0))) {
            return Collections.nCopies(parts(batchSize, threads), devices.get(0));
        }
        if (batchSize % devices.size() != 0) {
            throw new InputException(
                    "batch size "
                            + batchSize
                            + " cannot be shared by "
                            + devices.size()
                            + " devices; a multiple of their number can");
        }
        return devices;
    }

    /** The most parts a batch has on that many threads; norms need two pictures. */
    private static int parts(int batchSize, int threads) {
        int parts = ParallelReduction.threads(threads);
        while (parts > 1 && (batchSize % parts != 0 || batchSize / parts < 2)) {
            parts--;
        }
        return parts;
    }

    private static Precision precision(Recipe recipe, String device) {
        if (recipe.precision() != null) {
            return recipe.precision();
        }
        boolean bfloat16 = Devices.isGpu(device) || Engines.pays(Precision.BF16, device);
        return bfloat16 ? Precision.BF16 : Precision.FP32;
    }

    /** In words: devices, precision of convolutions and threads of a CPU. */
    String describe() {
        String numbers = precision.label();
        return Devices.isGpu(names.get(0))
                ? String.join(", ", names) + ", " + numbers
                : names.get(0) + ", " + numbers + ", " + names.size() + " threads";
    }
}
