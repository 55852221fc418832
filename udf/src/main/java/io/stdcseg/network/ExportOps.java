// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

/**
 * Back end that writes the network into a file, as a program or a graph, instead of computing it.
 *
 * @param <T> a stack of feature maps
 * @param <V> a value of the program or the graph
 */
public interface ExportOps<T, V> extends Ops<T> {

    /**
     * The network's input.
     *
     * @param pictures normalised floats, in the layout that the back end wants
     */
    T input(V pictures);

    /** The same numbers in single precision. */
    V single(T maps);
}
