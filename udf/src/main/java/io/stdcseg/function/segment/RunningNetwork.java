// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.function.weights.KeptWeights;
import io.stdcseg.function.weights.WeightsCopies;
import io.stdcseg.function.weights.WeightsWatch;
import io.stdcseg.inference.NetworkCall;
import io.stdcseg.inference.SharedNetwork;
import io.stdcseg.inference.SharedNetworks;
import io.stdcseg.store.StorePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * Share of a subtask in the job's network, and what else there is where other weights may come: the
 * ones that a checkpoint names, those that are to follow. In the task's thread.
 */
final class RunningNetwork implements AutoCloseable {

    private final String job;
    private final SharedNetworks networks;
    private final NextNetwork next;
    private final String loaded;
    private volatile SharedNetwork.Lease network;
    private NetworkInfo info;
    private RequestShape latest;

    /**
     * Loads the network if this is the job's first share of it in the process.
     *
     * @param options with what the first weights say
     * @param next whatever comes after it; null if the job's weights stay
     * @param named weights that a checkpoint names; null for those of the options
     * @throws InputException if it names weights that are gone
     */
    RunningNetwork(
            RuntimeContext context,
            SharedNetworks networks,
            SegmenterOptions options,
            NextNetwork next,
            KeptWeights named) {
        this.job = context.getJobInfo().getJobId().toString();
        this.networks = networks;
        this.next = next;
        boolean copied = named != null && named.copy() != null && isThere(named);
        SegmenterOptions here = copied ? next.options(named) : CachedWeights.here(options, context);
        loaded = here.weights();
        network = networks.acquire(job, here);
        // Reports name the weights as the user does, not this process's copy.
        String file = named == null ? options.weights() : named.file();
        info = file == null ? network.info() : network.info().withWeightsFile(file);
        if (named != null && !info.weightsSha256().equals(named.sha256())) {
            network.close();
            throw new InputException("the checkpoint names weights " + named + remedy(named));
        }
    }

    private static boolean isThere(KeptWeights weights) {
        return Files.exists(StorePaths.path(weights.copy()));
    }

    /** Why weights do not run though a checkpoint names them, and what helps. */
    private static String remedy(KeptWeights named) {
        if (named.copy() != null) {
            return ", whose copy is gone; --weights with that file is allowed";
        }
        return SegmenterWeights.modelOfDefaults(named.sha256())
                .map(model -> " of this build; --model " + model + " without --weights is allowed")
                .orElse(" of another build; --weights with that file is allowed");
    }

    /** What makes the masks now; its share may be asked from any thread. */
    SharedNetwork.Lease lease() {
        return network;
    }

    /** The same as it is reported. */
    NetworkInfo info() {
        return info;
    }

    /** Which weights a mask is made by now; null where they are the same throughout. */
    String weights() {
        return next == null ? null : info.weightsSha256();
    }

    CompletableFuture<NetworkCall> segment(SegmentRequest request) {
        latest = RequestShape.of(request);
        return network.segment(request);
    }

    /**
     * The weights that run, of which the job's folder has a copy from now on.
     *
     * @throws InputException if they were changed while they were loaded
     */
    KeptWeights keep(WeightsWatch watch) throws IOException {
        if (loaded == null) {
            return new KeptWeights(null, info.weightsFile(), info.weightsSha256());
        }
        KeptWeights kept =
                new WeightsCopies(watch.folder()).keep(StorePaths.path(loaded), info.weightsFile());
        if (!kept.sha256().equals(info.weightsSha256())) {
            throw new InputException("weights " + kept.file() + " changed while they were read");
        }
        return kept;
    }

    /**
     * Loads other weights beside those that run.
     *
     * @return completes in another thread when they can be taken, or with what is wrong with them
     */
    CompletableFuture<SharedNetwork.Lease> prepare(KeptWeights weights) {
        return next.load(weights, job, networks, network.takesPlanes(), latest);
    }

    /** Gives back what was prepared. */
    void forget() {
        next.close();
    }

    /** Changes to what was prepared; nothing is in flight. */
    void take(KeptWeights weights) {
        SharedNetwork.Lease before = network;
        network = next.take(weights);
        info = network.info().withWeightsFile(weights.file());
        before.close();
    }

    @Override
    public void close() {
        if (next != null) {
            next.close();
        }
        network.close();
    }
}
