// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.stdcseg.network.eager.ConvolutionPrecision;
import io.stdcseg.network.torchscript.ScriptSnippet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Convolutions in bfloat16, which some processors multiply many times faster than floats. DJL
 * cannot convert to it, so a TorchScript module of a few lines does.
 */
final class Bfloat16Convolutions implements ConvolutionPrecision, AutoCloseable {

    private final Model cast;

    Bfloat16Convolutions(Device device) {
        cast = Model.newInstance("cast", device, "PyTorch");
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try {
            ScriptSnippet.CAST.write(archive);
            try (InputStream in = new ByteArrayInputStream(archive.toByteArray())) {
                cast.load(in, Map.of());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedModelException e) {
            throw new IllegalStateException("PyTorch does not know its own conversion", e);
        }
    }

    @Override
    public NDArray narrow(NDArray floats, NDManager owner) {
        return cast(floats, owner);
    }

    @Override
    public NDArray widen(NDArray numbers, NDManager owner) {
        return cast(numbers, owner);
    }

    private NDArray cast(NDArray numbers, NDManager owner) {
        NDArray result =
                cast.getBlock()
                        .forward(new ParameterStore(owner, false), new NDList(numbers), true)
                        .singletonOrThrow();
        result.attach(owner);
        return result;
    }

    @Override
    public void close() {
        cast.close();
    }
}
