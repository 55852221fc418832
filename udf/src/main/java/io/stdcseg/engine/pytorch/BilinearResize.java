// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.stdcseg.network.torchscript.ScriptSnippet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * PyTorch's own bilinear resizing with corners on corners. DJL's interpolation ignores the corners,
 * so this goes through a script of one line. Thread-safe but for {@link #close()}.
 */
final class BilinearResize implements AutoCloseable {

    private final Model script;

    BilinearResize(Device device) {
        script = Model.newInstance("resize", device, "PyTorch");
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try {
            ScriptSnippet.RESIZE.write(archive);
            try (InputStream in = new ByteArrayInputStream(archive.toByteArray())) {
                script.load(in, Map.of());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedModelException e) {
            throw new IllegalStateException("PyTorch does not know its own resizing", e);
        }
    }

    /** Maps (pictures, channels, rows, columns) of another size, in the same manager. */
    NDArray resize(NDArray maps, int rows, int columns) {
        NDManager scope = maps.getManager();
        NDArray size = scope.zeros(new Shape(rows, columns), DataType.UINT8);
        NDArray resized =
                script.getBlock()
                        .forward(new ParameterStore(scope, false), new NDList(maps, size), false)
                        .singletonOrThrow();
        resized.attach(scope);
        size.close();
        return resized;
    }

    @Override
    public void close() {
        script.close();
    }
}
