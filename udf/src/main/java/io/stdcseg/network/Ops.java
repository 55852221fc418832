// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

import java.util.List;

/**
 * What the network is written against. A back end decides what {@code T}, a stack of feature maps
 * (pictures, channels, rows, columns), stands for: numbers, lines of a program, or shapes.
 *
 * @param <T> a stack of feature maps
 */
public interface Ops<T> {

    /** Convolution, then its norm, then its activation. */
    T convolve(T x, Convolution layer);

    /** Element by element; {@code b} may have one pixel per map, which then goes everywhere. */
    T add(T a, T b);

    /** Element by element; {@code b} may have one pixel per map, which then goes everywhere. */
    T multiply(T a, T b);

    /** One behind the other along the channels. */
    T concat(List<T> maps);

    /** Mean of 3x3 pixels at every second pixel; the zeros around the map count. */
    T averagePool(T x);

    /** Mean over each map: one pixel. */
    T globalAverage(T x);

    /** Leaves numbers out at random while a classifier learns; nothing else. */
    default T dropout(T x) {
        return x;
    }

    /** Repeats pixels until the maps are as large as those of {@code like}. */
    T repeatTo(T x, T like);

    /** {@link #repeatTo}, then {@link #convolve}. */
    default T convolveRepeated(T x, T like, Convolution layer) {
        return convolve(repeatTo(x, like), layer);
    }

    /** Bilinear, corner pixels on corner pixels, to the size of {@code like}. */
    T resizeTo(T x, T like);
}
