// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Confidence;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.LiveProgress;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.Mask;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.frame.PooledBuffer;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.inference.NetworkCall;
import io.stdcseg.inference.SharedNetwork;
import io.stdcseg.inference.SharedNetworks;
import io.stdcseg.video.NativeMemory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Segmentation of frames by the network that all slots of the job in a process share: frames in,
 * segmented frames out; markers pass.
 *
 * <p>Mask buffers are taken in the order of submission, so that a later frame that is done cannot
 * starve an earlier one. There are two more than frames in flight: one for the frame that its last
 * reader holds, one for the frame being submitted.
 */
public final class SegmentFunction implements AsyncBatchFunction<FrameElement, FrameElement> {

    private static final long serialVersionUID = 1L;

    /** Name of a user's weights in the job's distributed cache; without it their path is used. */
    public static final String WEIGHTS = "weights";

    /** For each picture that is worked on, one that is the next: workers never wait. */
    public static final int BATCHES_IN_FLIGHT = 2;

    private final SegmenterOptions options;
    private final Adaptation adaptation;
    private final boolean asksConfidence;
    private final SerializableSupplier<SharedNetworks> networks;
    private final SerializableSupplier<BufferPool.Allocator> allocators;
    private transient SharedNetwork.Lease network;
    private transient NetworkInfo info;
    private transient BufferPool masks;
    private transient BufferPool confidences;
    private transient SegmentMetrics metrics;
    private transient AdaptedInput adapted;

    public SegmentFunction(SegmenterOptions options) {
        this(options, Adaptation.NONE);
    }

    /**
     * @param adaptation whose frames may be seen at a lower height
     */
    public SegmentFunction(SegmenterOptions options, Adaptation adaptation) {
        this(options, adaptation, false);
    }

    /**
     * @param adaptation whose frames may be seen at a lower height
     * @param asksConfidence whether frames get a {@link Confidence}
     */
    public SegmentFunction(
            SegmenterOptions options, Adaptation adaptation, boolean asksConfidence) {
        this(options, adaptation, asksConfidence, SharedNetworks::ofProcess, NativeMemory::new);
    }

    SegmentFunction(
            SegmenterOptions options,
            Adaptation adaptation,
            boolean asksConfidence,
            SerializableSupplier<SharedNetworks> networks,
            SerializableSupplier<BufferPool.Allocator> allocators) {
        this.options = options;
        this.adaptation = adaptation;
        this.asksConfidence = asksConfidence;
        this.networks = networks;
        this.allocators = allocators;
    }

    /** Loads the network if this is the job's first share of it in the process. */
    @Override
    public int open(RuntimeContext context, int capacity) {
        masks = new BufferPool(capacity + 2, allocators.get());
        confidences = new BufferPool(capacity + 2, allocators.get());
        String job = context.getJobInfo().getJobId().toString();
        network = networks.get().acquire(job, options.withWeights(localWeights(context)));
        // Reports name the weights as the user does, not this process's copy.
        info =
                options.weights() == null
                        ? network.info()
                        : network.info().withWeightsFile(options.weights());
        metrics = new SegmentMetrics(context.getMetricGroup(), network.statistics());
        adapted = AdaptedInput.of(adaptation, network, context.getMetricGroup());
        return Math.min(capacity, BATCHES_IN_FLIGHT * network.picturesAtATime());
    }

    /** Where the weights are in this process: the job brings a user's file along. */
    private String localWeights(RuntimeContext context) {
        if (options.weights() == null) {
            return null;
        }
        try {
            return context.getDistributedCache().getFile(WEIGHTS).getPath();
        } catch (IllegalArgumentException e) {
            // The job did not register the file: it is where the options say on every machine.
            return options.weights();
        }
    }

    @Override
    public CompletableFuture<FrameElement> apply(FrameElement element) throws InterruptedException {
        if (element instanceof Frame frame) {
            return segment(frame);
        }
        if (element instanceof LiveProgress live) {
            adapted.progress(live);
        }
        return CompletableFuture.completedFuture(
                element instanceof RangeStart start ? start.segmentedBy(info) : element);
    }

    private CompletableFuture<FrameElement> segment(Frame frame) throws InterruptedException {
        Mask mask = takeMask(frame.info());
        Confidence confidence;
        try {
            confidence = takeConfidence(frame.info());
        } catch (InterruptedException | RuntimeException e) {
            mask.close();
            throw e;
        }
        AdaptedInput.Input input = adapted.next(frame);
        long submitted = System.nanoTime();
        CompletableFuture<NetworkCall> done;
        try {
            done =
                    network.segment(
                            new SegmentRequest(
                                    mask.width(),
                                    mask.height(),
                                    frame.rgb(),
                                    mask.ids(),
                                    confidence == null ? null : confidence.bytes(),
                                    input.scale()));
        } catch (RuntimeException | Error e) {
            close(mask, confidence);
            throw e;
        }
        return done.handle(
                (call, error) -> {
                    if (error != null) {
                        frame.close();
                        close(mask, confidence);
                        throw new CompletionException(error);
                    }
                    metrics.segmented(System.nanoTime() - submitted);
                    return new SegmentedFrame(
                            frame, mask, confidence, call.pictures(), input.height(), call.nanos());
                });
    }

    private Mask takeMask(StreamInfo stream) throws InterruptedException {
        PooledBuffer buffer = masks.take(stream.maskBytes());
        if (buffer == null) {
            throw new IllegalStateException("masks are closed");
        }
        return new Mask(stream.displayWidth(), stream.displayHeight(), buffer);
    }

    private Confidence takeConfidence(StreamInfo stream) throws InterruptedException {
        if (!asksConfidence) {
            return null;
        }
        int pixels = stream.maskBytes();
        PooledBuffer buffer = confidences.take(Confidence.BYTES * pixels);
        if (buffer == null) {
            throw new IllegalStateException("confidences are closed");
        }
        return new Confidence(pixels, buffer);
    }

    private static void close(Mask mask, Confidence confidence) {
        mask.close();
        if (confidence != null) {
            confidence.close();
        }
    }

    @Override
    public String describe(FrameElement element) {
        return element instanceof Frame frame
                ? "frame " + frame.index() + " of stream " + frame.stream()
                : "a marker of stream " + element.stream();
    }

    @Override
    public void flush() {
        if (network != null) {
            network.flush();
        }
    }

    @Override
    public void close() {
        if (network != null) {
            network.close();
        }
        if (masks != null) {
            masks.close();
            confidences.close();
        }
    }
}
