// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

/**
 * Bilinear resampling of patches in the float arithmetic of PyTorch's {@code upsample_bilinear2d}:
 * {@code h0 * (w0 * a + w1 * b) + h1 * (w0 * c + w1 * d)}, each operation rounded. Not thread-safe:
 * scratch is reused.
 */
final class BilinearResampler {

    private final AxisInterpolation rows;
    private final AxisInterpolation columns;
    private float[] stretched = new float[0];

    BilinearResampler(AxisInterpolation rows, AxisInterpolation columns) {
        this.rows = rows;
        this.columns = columns;
    }

    AxisInterpolation rows() {
        return rows;
    }

    AxisInterpolation columns() {
        return columns;
    }

    /** Fills {@code target} from {@code source}, which holds all that this needs. */
    void apply(ScorePatch source, ScorePatch target) {
        if (stretched.length < source.height() * target.stride()) {
            stretched = new float[source.height() * target.stride()];
        }
        for (int i = 0; i < source.height() * source.classes(); i++) {
            stretch(source, target, i);
        }
        for (int y = 0; y < target.height(); y++) {
            blend(source, target, y);
        }
    }

    /** One class's columns of one row, to the target's columns. */
    private void stretch(ScorePatch source, ScorePatch target, int i) {
        float[] values = source.values();
        int from = i * source.width() - source.left();
        int to = i * target.width();
        int left = target.left();
        for (int x = 0; x < target.width(); x++) {
            float first = values[from + columns.first(left + x)];
            float second = values[from + columns.second(left + x)];
            stretched[to + x] =
                    columns.firstWeight(left + x) * first + columns.secondWeight(left + x) * second;
        }
    }

    /** Two stretched rows to one of the target's. */
    private void blend(ScorePatch source, ScorePatch target, int y) {
        float[] values = target.values();
        int row = target.top() + y;
        int stride = target.stride();
        int first = (rows.first(row) - source.top()) * stride;
        int second = (rows.second(row) - source.top()) * stride;
        float firstWeight = rows.firstWeight(row);
        float secondWeight = rows.secondWeight(row);
        int to = y * stride;
        for (int x = 0; x < stride; x++) {
            values[to + x] =
                    firstWeight * stretched[first + x] + secondWeight * stretched[second + x];
        }
    }
}
