// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import java.io.Serializable;

/**
 * Network that makes the masks, as reports show it.
 *
 * @param model such as {@code stdc1-seg50}
 * @param scale how pictures are resized before the network, such as {@code 0.5}, {@code height
 *     360}, or several factors
 * @param engine what computes, such as {@code pytorch}
 * @param device {@code cpu}, or {@code gpu0} and so on
 * @param precision {@code fp32}, {@code bf16}, {@code fp16} or {@code int8}
 * @param workers calls that a process makes at a time
 * @param threads of one operation on a CPU
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
        implements Serializable {

    /** With one worker. */
    public NetworkInfo(
            String model,
            String scale,
            String engine,
            String device,
            String precision,
            int threads,
            String weightsFile,
            String weightsSha256) {
        this(model, scale, engine, device, precision, 1, threads, weightsFile, weightsSha256);
    }

    /** The same with another number of workers. */
    public NetworkInfo withWorkers(int count) {
        return new NetworkInfo(
                model,
                scale,
                engine,
                device,
                precision,
                count,
                threads,
                weightsFile,
                weightsSha256);
    }

    /** The same with its weights under another name. */
    public NetworkInfo withWeightsFile(String file) {
        return new NetworkInfo(
                model, scale, engine, device, precision, workers, threads, file, weightsSha256);
    }
}
