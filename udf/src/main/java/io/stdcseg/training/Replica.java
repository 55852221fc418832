// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.stdcseg.network.Precision;
import io.stdcseg.network.eager.ConvolutionPrecision;

/** The network on one device. */
final class Replica implements AutoCloseable {

    private final NDManager memory;
    private final Bfloat16Convolutions bfloat16;
    private final Learner learner;

    Replica(Engine engine, Device device, Learner.Factory learners, Precision precision) {
        memory = engine.newBaseManager(device);
        bfloat16 = precision == Precision.BF16 ? new Bfloat16Convolutions(device) : null;
        ConvolutionPrecision format = bfloat16 == null ? ConvolutionPrecision.FLOATS : bfloat16;
        learner = learners.create(memory, format);
    }

    Learner learner() {
        return learner;
    }

    /** What parameters belong to, and whatever lives as long as they do. */
    NDManager memory() {
        return memory;
    }

    @Override
    public void close() {
        memory.close();
        if (bfloat16 != null) {
            bfloat16.close();
        }
    }
}
