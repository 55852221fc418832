// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.inference.SharedNetwork;
import io.stdcseg.inference.SharedNetworks;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Preloading of the network while Flink starts, in a thread of its own: the job's tasks, which run
 * in this process, find it there or wait for what is left to do.
 *
 * <p>What fails here fails once more in the task, which reports it.
 */
final class NetworkPreload implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkPreload.class);

    private final CompletableFuture<SharedNetwork.Lease> lease;

    private NetworkPreload(CompletableFuture<SharedNetwork.Lease> lease) {
        this.lease = lease;
    }

    /** Begins to load the network that a job is going to use. */
    static NetworkPreload begin(JobID job, SegmenterOptions network) {
        return new NetworkPreload(
                CompletableFuture.supplyAsync(
                        () -> acquire(job, network),
                        task -> {
                            Thread thread = new Thread(task, "network preload");
                            thread.setDaemon(true);
                            thread.start();
                        }));
    }

    /** Whether there is nothing left to wait for. */
    boolean isLoaded() {
        return lease.isDone();
    }

    /** Null where the job is going to spread over several devices: a share would upset that. */
    private static SharedNetwork.Lease acquire(JobID job, SegmenterOptions network) {
        try {
            return SharedNetworks.ofProcess().isOne(network)
                    ? SharedNetworks.ofProcess().acquire(job.toString(), network)
                    : null;
        } catch (RuntimeException | Error e) {
            LOG.debug("not preloaded", e);
            return null;
        }
    }

    /** Gives the share in the network back; waits until it is loaded, so that no file is left. */
    @Override
    public void close() {
        SharedNetwork.Lease share = lease.join();
        if (share != null) {
            share.close();
        }
    }
}
