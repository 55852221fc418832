// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.stdcseg.engine.SizeCache;

/** Method of a TorchScript archive, called on pictures of one size. Thread-safe. */
interface ScriptMethod extends SizeCache.Kept {

    /** DJL calls a method other than {@code forward} if the first input is named so. */
    String METHOD = "module_method:";

    /**
     * Its results for what it takes: one array, or two.
     *
     * @param scope what the results go with
     */
    NDList on(NDManager scope, NDList inputs);

    /** Frees what it keeps; nobody may be calling. */
    @Override
    default void close() {}

    /** The method {@code forward}. */
    static ScriptMethod forward(Model model) {
        return (scope, inputs) -> run(model, scope, inputs);
    }

    /** Another method. */
    static ScriptMethod named(String method, Model model) {
        return new NamedMethod(model, name(method, model.getNDManager()));
    }

    /** What comes before the inputs of a method other than {@code forward}. */
    static NDArray name(String method, NDManager memory) {
        NDArray name = memory.create(0f);
        name.setName(METHOD + method);
        return name;
    }

    /** One call of an archive, whose results go with {@code scope}. */
    static NDList run(Model model, NDManager scope, NDList inputs) {
        NDList results = model.getBlock().forward(new ParameterStore(scope, false), inputs, false);
        results.attach(scope); // DJL lets them go with an input.
        return results;
    }

    /**
     * A method other than {@code forward}.
     *
     * @param name what comes before its inputs; freed with it
     */
    record NamedMethod(Model model, NDArray name) implements ScriptMethod {

        @Override
        public NDList on(NDManager scope, NDList inputs) {
            return run(model, scope, new NDList(name).addAll(inputs));
        }

        @Override
        public void close() {
            name.close();
        }
    }
}
