// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.engine.PictureSize;
import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.SegmentRequest;
import java.nio.ByteBuffer;
import java.util.List;

/** Arrays of a batch: its pictures as one array, and its masks from one. */
final class BatchArrays {

    private static final int CHANNELS = SegmentRequest.CHANNELS;

    private BatchArrays() {}

    /** 8-bit (pictures, rows, columns, 3). A single direct buffer is used where it lies. */
    static NDArray pictures(NDManager scope, List<SegmentRequest> batch) {
        PictureSize size = PictureSize.of(batch);
        if (batch.size() == 1) {
            Shape shape = new Shape(1, size.height(), size.width(), CHANNELS);
            return picture(scope, batch.get(0), shape);
        }
        NDList pictures = new NDList(batch.size());
        for (SegmentRequest request : batch) {
            Shape shape = new Shape(size.height(), size.width(), CHANNELS);
            pictures.add(picture(scope, request, shape));
        }
        return NDArrays.stack(pictures);
    }

    /**
     * Shape of pictures as one array: (pictures, rows, columns, 3); of planes, as they lie,
     * (pictures, rows * 3 / 2, columns).
     */
    static Shape shape(RequestShape request, int pictures) {
        PictureSize size = request.size();
        return request.planes()
                ? new Shape(pictures, size.height() / 2 * CHANNELS, size.width())
                : new Shape(pictures, size.height(), size.width(), CHANNELS);
    }

    /** A direct buffer is used where it lies, any other is copied. */
    private static NDArray picture(NDManager scope, SegmentRequest request, Shape shape) {
        // DJL ignores a buffer's position.
        ByteBuffer rgb = request.rgb().slice(0, request.pixels() * CHANNELS);
        return scope.create(rgb, shape, DataType.UINT8);
    }

    /** Copies 8-bit (pictures, rows, columns) to where the masks go. */
    static void writeMasks(NDArray masks, List<SegmentRequest> batch) {
        int pixels = PictureSize.of(batch).pixels();
        ByteBuffer ids = masks.toByteBuffer(true);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).mask().put(0, ids, i * pixels, pixels);
        }
    }
}
