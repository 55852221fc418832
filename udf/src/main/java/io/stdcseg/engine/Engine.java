// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.error.InputException;
import io.stdcseg.network.Precision;
import io.stdcseg.weights.TorchScriptFile;
import io.stdcseg.weights.Weights;
import java.util.List;
import java.util.Optional;

/**
 * Engine: what computes networks. Whatever library is behind it, nobody else knows it. Found by
 * {@link java.util.ServiceLoader}, so that one more is a package of its own and a line in {@code
 * META-INF/services}. Thread-safe.
 */
public interface Engine {

    /** As options name it, such as {@code pytorch}. */
    String name();

    /** The version of its library; loads nothing native. */
    String version();

    /**
     * Finds out whether its libraries are on the class path; loads nothing native.
     *
     * @throws InputException that says what to do if they are not
     */
    void checkPresent();

    /**
     * How many GPUs it finds. May load what is native, but computes nothing.
     *
     * @throws InputException if it cannot be loaded
     */
    int gpus(SegmenterOptions options);

    /** Why it finds none, where the machine has a driver for them. Computes nothing. */
    default Optional<GpuFault> gpuFault() {
        return Optional.empty();
    }

    /** What it may be able to compute in on a device, usually the fastest first. */
    List<Precision> precisions(String device);

    /**
     * What options ask for and this machine does not have, such as {@code TensorRT is not
     * installed}; another engine is then taken. May load what is native, but computes nothing.
     */
    default Optional<String> missing(SegmenterOptions options) {
        return Optional.empty();
    }

    /**
     * Loads a network.
     *
     * @param weights whatever {@code options} say of weights and scale
     * @param options whose precision is one of {@link #precisions}
     * @param device of {@link Devices}
     * @throws InputException if device or precision cannot be used
     */
    Segmenter load(Weights weights, SegmenterOptions options, String device);

    /**
     * Loads a TorchScript archive that {@code options} name as weights.
     *
     * @throws InputException if it, or any such archive, cannot be used
     */
    default Segmenter load(TorchScriptFile archive, SegmenterOptions options, String device) {
        throw new InputException(
                "weights "
                        + options.weights()
                        + " are TorchScript, which engine "
                        + name()
                        + " does not run; allowed are auto and pytorch");
    }

    /**
     * Computes what archives of others may ask for and this project never does, because it ends
     * some processes.
     */
    default void computeOthers(String device) {}
}
