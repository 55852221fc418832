// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.engine.PictureSize;
import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.function.weights.KeptWeights;
import io.stdcseg.inference.NetworkCall;
import io.stdcseg.inference.SharedNetwork;
import io.stdcseg.inference.SharedNetworks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Network of other weights that is to follow the one that runs: checked, loaded and tried out in a
 * thread of its own, so that frames wait for none of that. All other calls are the task's thread's.
 */
final class NextNetwork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NextNetwork.class);
    private static final long CLOSE_SECONDS = 30;

    /** Of planes to try a network out with, whatever they are. */
    private static final YuvToRgb BLACK = new YuvToRgb(0, 0, 0, 0, 0, 0);

    private final SegmenterOptions given;
    private final SegmenterOptions running;
    private final Adaptation adaptation;
    private KeptWeights weights;
    private CompletableFuture<SharedNetwork.Lease> lease;

    /**
     * @param given options as the user gave them, which do not say what the weights do
     * @param running the same, with what the job's first weights say
     */
    NextNetwork(SegmenterOptions given, SegmenterOptions running, Adaptation adaptation) {
        this.given = given;
        this.running = running;
        this.adaptation = adaptation;
    }

    /**
     * Options for other weights.
     *
     * @throws InputException if the job cannot go on with them: the file is broken, of another
     *     model where the user named one, of other classes, or of another height where the user
     *     named none
     */
    SegmenterOptions options(KeptWeights other) {
        SegmenterOptions read = SegmenterWeights.resolveInstead(given, other.copy());
        if (!read.labels().names().equals(running.labels().names())) {
            throw new InputException(
                    "their classes are those of "
                            + read.labels().name()
                            + ", the job's are those of "
                            + running.labels().name());
        }
        boolean scaled = given.scale() != null || !given.scales().isEmpty();
        if (!scaled && read.scale() != null && !read.scale().equals(running.scale())) {
            throw new InputException(
                    "they are for scale "
                            + read.scale()
                            + ", the job began at scale "
                            + running.scale()
                            + "; --height or --scale lets a job take both");
        }
        return read.withLabels(running.labels());
    }

    /**
     * Begins to load weights.
     *
     * @param planes whether planes may be coming, which the network has to take
     * @param like pictures such as are coming, to try the network out with; null if not known
     * @return completes in another thread when they can be taken, or with what is wrong with them
     */
    CompletableFuture<SharedNetwork.Lease> load(
            KeptWeights next,
            String job,
            SharedNetworks networks,
            boolean planes,
            RequestShape like) {
        if (next.equals(weights)) {
            return lease;
        }
        CompletableFuture<Void> unused = giveBack();
        weights = next;
        lease =
                CompletableFuture.supplyAsync(
                        () -> acquire(next, job, networks, planes, like),
                        task -> {
                            Thread thread = new Thread(task, "next network");
                            thread.setDaemon(true);
                            thread.start();
                        });
        return lease;
    }

    private SharedNetwork.Lease acquire(
            KeptWeights next,
            String job,
            SharedNetworks networks,
            boolean planes,
            RequestShape like) {
        SegmenterOptions fitting = options(next);
        if (SegmenterWeights.torchScript(fitting).isPresent()) {
            throw new InputException(
                    "TorchScript is a program, which --weights runs and nothing that is found;"
                            + " .pth and .safetensors are allowed");
        }
        SharedNetwork.Lease acquired = networks.acquire(job, fitting);
        try {
            if (!acquired.info().weightsSha256().equals(next.sha256())) {
                throw new InputException("their copy " + next.copy() + " was changed");
            }
            if (planes && !acquired.takesPlanes()) {
                throw new InputException(
                        "on "
                                + acquired.info().device()
                                + " they take frames as RGB, the job's are YUV; a job that begins"
                                + " with them is allowed");
            }
            if (!adaptation.streams().isEmpty()) {
                acquired.heights(adaptation.lag());
            }
            if (like != null) {
                tryOut(acquired, like);
            }
            return acquired;
        } catch (RuntimeException | Error e) {
            acquired.close();
            throw e;
        }
    }

    /** The first call of each worker takes longest: memory is taken, weights are packed. */
    private static void tryOut(SharedNetwork.Lease network, RequestShape like) {
        PictureSize size = like.size();
        ByteBuffer picture = ByteBuffer.allocateDirect(like.pictureBytes());
        List<CompletableFuture<NetworkCall>> calls = new ArrayList<>();
        for (int worker = 0; worker < network.info().workers(); worker++) {
            calls.add(
                    network.segment(
                            new SegmentRequest(
                                    size.width(),
                                    size.height(),
                                    picture,
                                    like.planes() ? BLACK : null,
                                    ByteBuffer.allocateDirect(size.pixels()),
                                    null,
                                    null)));
        }
        network.flush();
        calls.forEach(CompletableFuture::join);
    }

    /** Hands over what was loaded; from now on it is the caller's. */
    SharedNetwork.Lease take(KeptWeights next) {
        if (!next.equals(weights)) {
            throw new IllegalStateException(next + " were not loaded, but " + weights);
        }
        SharedNetwork.Lease taken = lease.join();
        weights = null;
        lease = null;
        return taken;
    }

    /**
     * Gives back what was loaded, or is being loaded: waits for that, as its thread is in classes
     * that end with the job.
     */
    @Override
    public void close() {
        try {
            giveBack().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("weights are still loading after {} s", CLOSE_SECONDS);
        } catch (ExecutionException e) {
            LOG.debug("weights that are not needed any more do not fit", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Void> giveBack() {
        CompletableFuture<Void> given =
                lease == null
                        ? CompletableFuture.completedFuture(null)
                        : lease.thenAccept(SharedNetwork.Lease::close);
        weights = null;
        lease = null;
        return given;
    }
}
