// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Convolution;
import java.util.Locale;

/**
 * How a convolution goes over maps.
 *
 * @param padding rows and columns around the map
 */
record Geometry(int stride, int padding, int groups) {

    static Geometry of(Convolution layer) {
        return new Geometry(layer.stride(), layer.padding(), layer.groups());
    }

    /** As oneDNN's operations take it: padding, stride, dilation, groups. */
    String paddingFirst() {
        return arguments("[%2$d, %2$d], [%1$d, %1$d], [1, 1], %3$d");
    }

    /** As all others take it: stride, padding, dilation, groups. */
    String strideFirst() {
        return arguments("[%1$d, %1$d], [%2$d, %2$d], [1, 1], %3$d");
    }

    private String arguments(String format) {
        return String.format(Locale.ROOT, format, stride, padding, groups);
    }
}
