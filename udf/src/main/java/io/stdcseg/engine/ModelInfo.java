// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.label.LabelSet;
import java.io.Serializable;

/**
 * What is running, as reports show it.
 *
 * @param model such as {@code stdc1-seg50}
 * @param scale how pictures are resized before the network, such as {@code 0.5}, {@code height
 *     360}, or several factors
 * @param engine what computes, such as {@code pytorch}
 * @param device {@code cpu}, or {@code gpu0} and so on
 * @param precision {@code fp32}, {@code bf16}, {@code fp16} or {@code int8}
 * @param threads of one operation on a CPU
 * @param maxBatch most pictures in one call of the network
 * @param weightsFile where the weights come from
 * @param sha256 of that file, in hexadecimal
 * @param labels what train ids mean
 */
public record ModelInfo(
        String model,
        String scale,
        String engine,
        String device,
        String precision,
        int threads,
        int maxBatch,
        String weightsFile,
        String sha256,
        LabelSet labels)
        implements Serializable {}
