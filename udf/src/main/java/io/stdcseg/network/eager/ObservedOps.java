// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.eager;

import ai.djl.ndarray.NDArray;
import io.stdcseg.network.Convolution;
import io.stdcseg.network.Ops;
import java.util.List;
import java.util.function.BiConsumer;

/** Computes as others do, and shows what comes out of each convolution. */
final class ObservedOps implements Ops<NDArray> {

    private final Ops<NDArray> ops;
    private final BiConsumer<Convolution, NDArray> watcher;

    /**
     * @param watcher receives a layer and what is behind its activation
     */
    ObservedOps(Ops<NDArray> ops, BiConsumer<Convolution, NDArray> watcher) {
        this.ops = ops;
        this.watcher = watcher;
    }

    @Override
    public NDArray convolve(NDArray x, Convolution layer) {
        NDArray y = ops.convolve(x, layer);
        watcher.accept(layer, y);
        return y;
    }

    @Override
    public NDArray convolveRepeated(NDArray x, NDArray like, Convolution layer) {
        NDArray y = ops.convolveRepeated(x, like, layer);
        watcher.accept(layer, y);
        return y;
    }

    @Override
    public NDArray add(NDArray a, NDArray b) {
        return ops.add(a, b);
    }

    @Override
    public NDArray multiply(NDArray a, NDArray b) {
        return ops.multiply(a, b);
    }

    @Override
    public NDArray concat(List<NDArray> maps) {
        return ops.concat(maps);
    }

    @Override
    public NDArray averagePool(NDArray x) {
        return ops.averagePool(x);
    }

    @Override
    public NDArray globalAverage(NDArray x) {
        return ops.globalAverage(x);
    }

    @Override
    public NDArray dropout(NDArray x) {
        return ops.dropout(x);
    }

    @Override
    public NDArray repeatTo(NDArray x, NDArray like) {
        return ops.repeatTo(x, like);
    }

    @Override
    public NDArray resizeTo(NDArray x, NDArray like) {
        return ops.resizeTo(x, like);
    }
}
