// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.network.torchscript.ScriptSnippet;

/**
 * Bilinear resizing with {@code align_corners} by PyTorch itself. DJL's interpolation cannot align
 * corners, so this goes through TorchScript of two lines. Thread-safe but for {@link #close()}.
 */
final class BilinearResize implements AutoCloseable {

    private final Model script;

    BilinearResize(Device device) {
        script = ModelLoader.load(ScriptSnippet.RESIZE, device);
    }

    /** Maps (pictures, channels, rows, columns) of another size, in the same manager. */
    NDArray resize(NDArray maps, int rows, int columns) {
        NDManager scope = maps.getManager();
        NDArray size = scope.zeros(new Shape(rows, columns), DataType.UINT8);
        NDArray resized =
                ScriptMethod.run(script, scope, new NDList(maps, size)).singletonOrThrow();
        size.close();
        return resized;
    }

    @Override
    public void close() {
        script.close();
    }
}
