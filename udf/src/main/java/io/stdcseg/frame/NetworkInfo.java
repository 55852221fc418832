// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import java.io.Serializable;

/**
 * What makes the masks, as reports show it.
 *
 * @param model such as {@code stdc1-seg50}
 * @param scale how pictures are resized before the network, such as {@code 0.5} or {@code height
 *     360}
 * @param engine what computes, such as {@code pytorch}
 * @param device such as {@code cpu} or {@code gpu0}
 * @param precision {@code fp32}, {@code bf16}, {@code fp16} or {@code int8}
 * @param workers calls that a process makes at a time
 * @param threads of one call on a CPU
 * @param weightsFile where the weights come from
 * @param weightsSha256 of that file, in hexadecimal
 */
public record NetworkInfo(
        String model,
        String scale,
        String engine,
        String device,
        String precision,
        int workers,
        int threads,
        String weightsFile,
        String weightsSha256)
        implements Serializable {}
