// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.stdcseg.engine.SizeCache;

/** Method of a TorchScript archive, called on arrays of one size. Thread-safe. */
interface ScriptMethod extends SizeCache.Kept {

    /**
     * Its first result for {@code x}.
     *
     * @param scope what the results go with
     */
    NDArray on(NDManager scope, NDArray x);

    /** Frees what it keeps; nobody may be calling. */
    @Override
    default void close() {}

    /** The method {@code forward}. */
    static ScriptMethod forward(Model model) {
        return (scope, x) -> run(model, scope, new NDList(x)).singletonOrThrow();
    }

    /** One call of an archive, whose results go with {@code scope}. */
    static NDList run(Model model, NDManager scope, NDList inputs) {
        NDList results = model.getBlock().forward(new ParameterStore(scope, false), inputs, false);
        results.attach(scope); // DJL lets them go with an input.
        return results;
    }
}
