// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Activation;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Code of a convolution with bias and activation, in the operations that a target has. */
interface ConvolutionCode {

    /**
     * Adds the lines that a convolution needs before it.
     *
     * @param weight how the program names it: as published, or (outputs, inputs) where {@code
     *     geometry} is {@link Geometry#pointwise}
     * @param bias how the program names it, or {@code None}
     * @param size how the program names the size of the maps, (pictures, channels, rows, columns)
     * @return from the name of the maps to the convolution of them
     */
    UnaryOperator<String> prepare(
            MethodCode body,
            String weight,
            String bias,
            Geometry geometry,
            Activation activation,
            String size);

    /** Whether convolutions of repeated pixels go the short way: {@link SubPixelConvolution}. */
    boolean subPixel();

    /**
     * Geometry of a convolution: how it goes over maps.
     *
     * @param padding rows and columns around the map
     */
    record Geometry(int stride, int padding, int groups) {

        static Geometry of(Convolution layer) {
            return new Geometry(layer.stride(), layer.padding(), layer.groups());
        }

        /**
         * Whether each pixel of the result comes from one pixel: then the convolution is a product
         * of two matrices, pixels by channels and channels by outputs, and is written as one. That
         * is as fast, and oneDNN's own 1x1 convolutions divide by the size of a cache, which
         * processors in some virtual machines do not tell: that ended the process.
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
}
