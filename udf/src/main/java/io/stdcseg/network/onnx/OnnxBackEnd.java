// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import io.stdcseg.network.Ops;

/**
 * Adds the network's nodes to a graph.
 *
 * @param <T> a stack of feature maps
 */
interface OnnxBackEnd<T> extends Ops<T> {

    /**
     * The network's input.
     *
     * @param pictures normalised floats (pictures, 3, rows, columns)
     */
    T image(OnnxMaps pictures);

    /** The same numbers in single precision. */
    OnnxMaps single(T maps);
}
