// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Confidence;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.LiveProgress;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.Mask;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.function.weights.KeptWeights;
import io.stdcseg.inference.NetworkCall;
import io.stdcseg.inference.SharedNetworks;
import io.stdcseg.video.NativeMemory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Segmentation of frames by the network that all slots of the job in a process share: frames in,
 * segmented frames out; markers pass.
 */
public final class SegmentFunction implements AsyncBatchFunction<FrameElement, FrameElement> {

    private static final long serialVersionUID = 1L;

    /** For each picture that is worked on, one that is the next: workers never wait. */
    public static final int BATCHES_IN_FLIGHT = 2;

    private final SegmenterOptions given;
    private final SegmenterOptions options;
    private final Adaptation adaptation;
    private final boolean asksConfidence;
    private final Shadow shadow;
    private final SerializableSupplier<SharedNetworks> networks;
    private final SerializableSupplier<BufferPool.Allocator> allocators;
    private transient NextNetwork next;
    private transient KeptWeights named;
    private transient RunningNetwork network;
    private transient ShadowNetwork second;
    private transient MaskPool masks;
    private transient MaskPool confidences;
    private transient SegmentMetrics metrics;
    private transient AdaptedInput adapted;

    /** Of one network, whose frames it sees at one scale. */
    public SegmentFunction(SegmenterOptions options) {
        this(options, options, Adaptation.NONE, false, null);
    }

    /**
     * @param given options as the user gave them: other weights may come while the job runs
     * @param options the same, with what the first weights say
     * @param adaptation whose frames may be seen at a lower height
     * @param asksConfidence whether frames get a {@link Confidence}
     * @param shadow another network, whose masks go along with some frames; null for none
     */
    public SegmentFunction(
            SegmenterOptions given,
            SegmenterOptions options,
            Adaptation adaptation,
            boolean asksConfidence,
            Shadow shadow) {
        this(
                given,
                options,
                adaptation,
                asksConfidence,
                shadow,
                SharedNetworks::ofProcess,
                NativeMemory::new);
    }

    SegmentFunction(
            SegmenterOptions given,
            SegmenterOptions options,
            Adaptation adaptation,
            boolean asksConfidence,
            Shadow shadow,
            SerializableSupplier<SharedNetworks> networks,
            SerializableSupplier<BufferPool.Allocator> allocators) {
        this.given = given;
        this.options = options;
        this.adaptation = adaptation;
        this.asksConfidence = asksConfidence;
        this.shadow = shadow;
        this.networks = networks;
        this.allocators = allocators;
    }

    /**
     * Lets other weights come while the job runs, and frames say by which they were made. Before
     * {@link #open}.
     *
     * @param named weights that a checkpoint names; null for those of the options
     */
    void watch(KeptWeights named) {
        this.named = named;
        next = new NextNetwork(given, options, adaptation);
    }

    /** Loads the network if this is the job's first share of it in the process. */
    @Override
    public int open(RuntimeContext context, int capacity) {
        masks = new MaskPool(capacity, allocators.get());
        confidences = new MaskPool(capacity, allocators.get());
        network = new RunningNetwork(context, networks.get(), options, next, named);
        if (shadow != null) {
            second = new ShadowNetwork(shadow, context, networks.get(), allocators.get(), capacity);
        }
        metrics =
                new SegmentMetrics(
                        context.getMetricGroup(), () -> network.lease().statistics().size());
        adapted = AdaptedInput.of(adaptation, network.lease(), context.getMetricGroup());
        return Math.min(capacity, BATCHES_IN_FLIGHT * network.lease().picturesAtATime());
    }

    /** The network that makes the masks; from {@link #open} on. */
    RunningNetwork network() {
        return network;
    }

    /** Changes to weights that were prepared; nothing is in flight. */
    void take(KeptWeights weights) {
        network.take(weights);
        adapted.use(network.lease());
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
                element instanceof RangeStart start ? start.segmentedBy(network.info()) : element);
    }

    private CompletableFuture<FrameElement> segment(Frame frame) throws InterruptedException {
        FrameMaps maps = take(frame);
        String weights = network.weights();
        AdaptedInput.Input input;
        CompletableFuture<NetworkCall> done;
        try {
            input = adapted.next(frame);
            done = network.segment(maps.request(frame, input.scale()));
        } catch (RuntimeException | Error e) {
            maps.close();
            throw e;
        }
        if (maps.shadowed() != null) {
            // Both have returned when this completes, be it with a failure.
            done = done.thenCombine(second.segment(frame, maps), (call, other) -> call);
        }
        return done.handle(finish(frame, maps, input, weights));
    }

    /** Memory for what networks make of a frame. */
    private FrameMaps take(Frame frame) throws InterruptedException {
        Mask mask = masks.mask(frame.info());
        Confidence confidence = null;
        try {
            confidence = asksConfidence ? confidences.confidence(frame.info()) : null;
            return new FrameMaps(mask, confidence, second == null ? null : second.take(frame));
        } catch (InterruptedException | RuntimeException | Error e) {
            new FrameMaps(mask, confidence, null).close();
            throw e;
        }
    }

    private BiFunction<NetworkCall, Throwable, FrameElement> finish(
            Frame frame, FrameMaps maps, AdaptedInput.Input input, String weights) {
        return (call, error) -> {
            if (error != null) {
                frame.close();
                maps.close();
                throw new CompletionException(error);
            }
            metrics.segmented(frame, call.nanos());
            return new SegmentedFrame(
                    frame,
                    maps.mask(),
                    maps.confidence(),
                    call.pictures(),
                    input.height(),
                    call.nanos(),
                    weights,
                    maps.shadowed());
        };
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
            network.lease().flush();
        }
        if (second != null) {
            second.flush();
        }
    }

    @Override
    public void close() {
        if (second != null) {
            second.close();
        }
        if (network != null) {
            network.close();
        }
        if (masks != null) {
            masks.close();
            confidences.close();
        }
    }
}
