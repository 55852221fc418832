// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.eager;

import ai.djl.ndarray.NDArray;
import io.stdcseg.tensor.TensorData;
import java.util.Map;

/** Network on DJL arrays that can be trained: its parameters, and weights made of them. */
public interface Trainable {

    /** Parameters and running statistics by published name, live. */
    Map<String, NDArray> tensors();

    /**
     * Plain weights of tensors such as {@link #tensors()} holds, like their averages.
     *
     * @param like by published name
     */
    Map<String, TensorData> plain(Map<String, NDArray> like);
}
