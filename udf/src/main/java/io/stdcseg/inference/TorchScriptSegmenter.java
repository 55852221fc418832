// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * PyTorch does everything from 8-bit picture to train ids: on a GPU, so that only those cross the
 * bus; for several looks at a picture; for archives that users bring.
 */
final class TorchScriptSegmenter implements Segmenter {

    private final ModelInfo info;
    private final Model model;

    /**
     * @param model takes (pictures, rows, columns, 3) and gives (pictures, rows, columns), 8 bit;
     *     freed by {@link #close()}
     */
    TorchScriptSegmenter(ModelInfo info, Model model) {
        this.info = info;
        this.model = model;
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public void segment(List<SegmentRequest> batch) {
        int pixels = PictureSize.of(batch).pixels();
        // Everything of this call, results included, is freed at the end of it.
        try (NDManager scope = model.getNDManager().newSubManager()) {
            NDList pictures = new NDList(pictures(scope, batch));
            ParameterStore parameters = new ParameterStore(scope, false);
            NDArray masks =
                    model.getBlock().forward(parameters, pictures, false).singletonOrThrow();
            ByteBuffer ids = masks.toByteBuffer(true);
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).mask().put(0, ids, i * pixels, pixels);
            }
        }
    }

    @Override
    public void close() {
        model.close();
    }

    private static NDArray pictures(NDManager scope, List<SegmentRequest> batch) {
        if (batch.size() == 1) {
            SegmentRequest one = batch.get(0);
            return picture(scope, one, new Shape(1, one.height(), one.width(), CHANNELS));
        }
        NDList pictures = new NDList(batch.size());
        for (SegmentRequest request : batch) {
            Shape shape = new Shape(request.height(), request.width(), CHANNELS);
            pictures.add(picture(scope, request, shape));
        }
        return NDArrays.stack(pictures);
    }

    /** A direct buffer is used where it lies, any other is copied. */
    private static NDArray picture(NDManager scope, SegmentRequest request, Shape shape) {
        // DJL ignores a buffer's position.
        ByteBuffer rgb = request.rgb().slice(0, request.pixels() * CHANNELS);
        return scope.create(rgb, shape, DataType.UINT8);
    }

    private static final int CHANNELS = SegmentRequest.CHANNELS;
}
