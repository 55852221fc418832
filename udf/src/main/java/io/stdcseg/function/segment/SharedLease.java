// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.batch.BatchStatistics;
import io.stdcseg.engine.ModelInfo;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.inference.SharedSegmenter;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.RuntimeContext;

/** A share in the process's network for this job. */
final class SharedLease implements SegmenterLease {

    private final SharedSegmenter.Lease lease;
    private final NetworkInfo network;

    private SharedLease(SharedSegmenter.Lease lease, NetworkInfo network) {
        this.lease = lease;
        this.network = network;
    }

    /** Loads the network if this is the job's first share of it in the process. */
    static SharedLease open(SegmenterOptions options, RuntimeContext context) {
        String job = context.getJobInfo().getJobId().toString();
        SharedSegmenter.Lease lease =
                SharedSegmenter.acquire(job, options.withWeights(weights(options, context)));
        return new SharedLease(lease, describe(lease, options));
    }

    /** Where the weights are in this process: the job brings a user's file along. */
    private static String weights(SegmenterOptions options, RuntimeContext context) {
        if (options.weights() == null) {
            return null;
        }
        try {
            return context.getDistributedCache().getFile(SegmentFunction.WEIGHTS).getPath();
        } catch (IllegalArgumentException e) {
            // The job did not register the file: it is where the options say on every machine.
            return options.weights();
        }
    }

    /** Reports name the file as the user does, not its copy. */
    private static NetworkInfo describe(SharedSegmenter.Lease lease, SegmenterOptions options) {
        ModelInfo info = lease.info();
        return new NetworkInfo(
                info.model(),
                info.scale(),
                info.engine(),
                info.device(),
                info.precision(),
                lease.workers(),
                info.threads(),
                options.weights() == null ? info.weightsFile() : options.weights(),
                info.sha256());
    }

    @Override
    public CompletableFuture<Integer> segment(
            int width, int height, ByteBuffer rgb, ByteBuffer mask) {
        return lease.segment(new SegmentRequest(width, height, rgb, mask));
    }

    @Override
    public NetworkInfo network() {
        return network;
    }

    @Override
    public int concurrentPictures() {
        return lease.workers() * lease.info().maxBatch();
    }

    @Override
    public BatchStatistics statistics() {
        return lease.statistics();
    }

    @Override
    public void flush() {
        lease.flush();
    }

    @Override
    public void close() {
        lease.close();
    }
}
