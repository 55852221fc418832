// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

/** A crop as another camera would have seen it in other light. Immutable. */
public final class VariedCrop {

    private final SampledVariation variation;
    private final CameraWarp warp;
    private final int rows;
    private final int columns;

    /**
     * @param rows of the crop
     * @param columns of the crop
     */
    public VariedCrop(SampledVariation variation, int rows, int columns) {
        this.variation = variation;
        this.warp = variation.warp(rows, columns);
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * What the camera makes of pixels.
     *
     * @param rgb triples (rows, columns, 3), which may be changed
     */
    public byte[] pixels(byte[] rgb) {
        byte[] exposed = warped(rgb);
        variation.expose(exposed, rows, columns);
        return exposed;
    }

    /** The same pixels moved as {@link #pixels} moves them, in the same light. */
    public byte[] warped(byte[] rgb) {
        return warp == null ? rgb : warp.pixels(rgb);
    }

    /** Train ids (rows, columns), moved in the same way; 255 where the crop has nothing to show. */
    public byte[] labels(byte[] ids) {
        return warp == null ? ids : warp.labels(ids);
    }
}
