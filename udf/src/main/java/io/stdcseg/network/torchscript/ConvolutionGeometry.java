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
record ConvolutionGeometry(int stride, int padding, int groups) {

    static ConvolutionGeometry of(Convolution layer) {
        return new ConvolutionGeometry(layer.stride(), layer.padding(), layer.groups());
    }

    /**
     * Whether each pixel of the result comes from one pixel: then the convolution is a product of
     * two matrices, pixels by channels and channels by outputs, and is written as one. That is as
     * fast, and oneDNN's own 1x1 convolutions divide by the size of a cache, which processors in
     * some virtual machines do not tell: that ended the process.
     */
    boolean pointwise() {
        return stride == 1 && padding == 0 && groups == 1;
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
