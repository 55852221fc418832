// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

import java.util.List;

/**
 * Operations of the network, which is written against them. A back end decides what {@code T}, a
 * stack of feature maps (pictures, channels, rows, columns), stands for: numbers, lines of a
 * program, or shapes.
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

    /** Concatenation along the channels. */
    T concat(List<T> maps);

    /** Average pooling, 3x3 at stride 2; the zeros around the map count. */
    T averagePool(T x);

    /** Global average pooling: the mean over each map, one pixel. */
    T globalAveragePool(T x);

    /** Dropout while a classifier learns; nothing else. */
    default T dropout(T x) {
        return x;
    }

    /** Nearest-neighbour upsampling to the size of {@code like}. */
    T upsampleNearest(T x, T like);

    /** {@link #upsampleNearest}, then {@link #convolve}; some back ends fuse them. */
    default T convolveUpsampled(T x, T like, Convolution layer) {
        return convolve(upsampleNearest(x, like), layer);
    }

    /** Bilinear resizing with {@code align_corners} to the size of {@code like}. */
    T upsampleBilinear(T x, T like);
}
