// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.engine.SegmenterOptions;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A user's weights in a job's distributed cache, which takes them to every machine. */
public final class CachedWeights {

    private CachedWeights() {}

    /** Name of the options' weights in the cache: those of several networks of a job differ. */
    public static String name(SegmenterOptions options) {
        return "weights " + options.weights();
    }

    /** Lets the job take the file along; nothing to do for the weights of the project. */
    public static void takeAlong(StreamExecutionEnvironment env, SegmenterOptions options) {
        String name = name(options);
        boolean there = env.getCachedFiles().stream().anyMatch(file -> file.f0.equals(name));
        if (options.weights() != null && !there) {
            env.registerCachedFile(options.weights(), name);
        }
    }

    /** The options with the file as it lies in this process. */
    static SegmenterOptions here(SegmenterOptions options, RuntimeContext context) {
        if (options.weights() == null) {
            return options;
        }
        try {
            return options.withWeights(
                    context.getDistributedCache().getFile(name(options)).getPath());
        } catch (IllegalArgumentException e) {
            // The job did not register the file: it is where the options say on every machine.
            return options;
        }
    }
}
