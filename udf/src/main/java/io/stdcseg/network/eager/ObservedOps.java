// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.eager;

import ai.djl.ndarray.NDArray;
import io.stdcseg.network.Convolution;
import io.stdcseg.network.Ops;
import java.util.List;
import java.util.function.BiConsumer;

/** Forward hooks: computes as another back end does, and shows what each convolution puts out. */
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
    public NDArray convolveUpsampled(NDArray x, NDArray like, Convolution layer) {
        NDArray y = ops.convolveUpsampled(x, like, layer);
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
    public NDArray globalAveragePool(NDArray x) {
        return ops.globalAveragePool(x);
    }

    @Override
    public NDArray dropout(NDArray x) {
        return ops.dropout(x);
    }

    @Override
    public NDArray upsampleNearest(NDArray x, NDArray like) {
        return ops.upsampleNearest(x, like);
    }

    @Override
    public NDArray upsampleBilinear(NDArray x, NDArray like) {
        return ops.upsampleBilinear(x, like);
    }
}
