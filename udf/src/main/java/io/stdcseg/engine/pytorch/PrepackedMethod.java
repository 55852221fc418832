// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.stdcseg.network.torchscript.TorchScriptWriter;

/**
 * Method that takes weights prepacked for pictures of one size: the first call packs them, the
 * others, of all threads, use them. Threads that are first together pack for themselves.
 *
 * <p>Where oneDNN wants them in another order for another number of pictures, it arranges them anew
 * in that call: results are the same.
 */
final class PrepackedMethod implements ScriptMethod {

    /** DJL makes a list of the inputs that are named so. */
    private static final String LIST = "packed[]";

    private final Model model;
    private final NDManager memory;
    private final NDArray packing;
    private final NDArray method;
    private volatile NDList packed;

    /**
     * Nothing is packed yet.
     *
     * @param method one that {@link TorchScriptWriter#PACKING} goes with
     */
    PrepackedMethod(Model model, String method) {
        this.model = model;
        this.memory = model.getNDManager().newSubManager();
        this.packing = ScriptMethod.name(method + TorchScriptWriter.PACKING, memory);
        this.method = ScriptMethod.name(method, memory);
    }

    @Override
    public NDList on(NDManager scope, NDList given) {
        NDList weights = packed;
        if (weights == null) {
            NDList results = ScriptMethod.run(model, scope, new NDList(packing).addAll(given));
            keep(results.subNDList(1));
            return results.subNDList(0, 1);
        }
        NDList inputs = new NDList(method).addAll(given).addAll(weights);
        return ScriptMethod.run(model, scope, inputs);
    }

    private synchronized void keep(NDList weights) {
        if (packed == null) {
            weights.attach(memory);
            weights.forEach(one -> one.setName(LIST));
            packed = weights;
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
