// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
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
import io.stdcseg.function.weights.KeptWeights;
import io.stdcseg.function.weights.WeightsCopies;
import io.stdcseg.function.weights.WeightsWatch;
import io.stdcseg.inference.NetworkCall;
import io.stdcseg.inference.SharedNetwork;
import io.stdcseg.inference.SharedNetworks;
import io.stdcseg.store.StorePaths;
import io.stdcseg.video.NativeMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
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

    /** For each picture that is worked on, one that is the next: workers never wait. */
    public static final int BATCHES_IN_FLIGHT = 2;

    private final SegmenterOptions given;
    private final SegmenterOptions options;
    private final Adaptation adaptation;
    private final boolean asksConfidence;
    private final Shadow shadow;
    private final SerializableSupplier<SharedNetworks> networks;
    private final SerializableSupplier<BufferPool.Allocator> allocators;
    private transient RuntimeContext context;
    private transient volatile SharedNetwork.Lease network;
    private transient NetworkInfo info;
    private transient NextNetwork next;
    private transient ShadowNetwork second;
    private transient KeptWeights named;
    private transient String loaded;
    private transient RequestShape latest;
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
        this(options, options, adaptation, asksConfidence, null);
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
        this.context = context;
        masks = new BufferPool(capacity + 2, allocators.get());
        confidences = new BufferPool(capacity + 2, allocators.get());
        acquire();
        if (shadow != null) {
            second = new ShadowNetwork(shadow, context, networks.get(), allocators.get(), capacity);
        }
        metrics = new SegmentMetrics(context.getMetricGroup(), () -> network.statistics().size());
        adapted = AdaptedInput.of(adaptation, network, context.getMetricGroup());
        return Math.min(capacity, BATCHES_IN_FLIGHT * network.picturesAtATime());
    }

    private void acquire() {
        boolean copied = named != null && named.copy() != null && isThere(named);
        SegmenterOptions here = copied ? next.options(named) : CachedWeights.here(options, context);
        network = networks.get().acquire(job(), here);
        loaded = here.weights();
        // Reports name the weights as the user does, not this process's copy.
        String file = named == null ? options.weights() : named.file();
        info = file == null ? network.info() : network.info().withWeightsFile(file);
        if (named != null && !info.weightsSha256().equals(named.sha256())) {
            throw new InputException("the checkpoint names weights " + named + remedy(named));
        }
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

    private static boolean isThere(KeptWeights weights) {
        return Files.exists(StorePaths.path(weights.copy()));
    }

    private String job() {
        return context.getJobInfo().getJobId().toString();
    }

    /** What makes the masks now. */
    NetworkInfo network() {
        return info;
    }

    /**
     * The weights that run, of which the job's folder has a copy from now on.
     *
     * @throws InputException if they were changed while they were loaded
     */
    KeptWeights running(WeightsWatch watch) throws IOException {
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
        return next.load(weights, job(), networks.get(), network.takesPlanes(), latest);
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
        adapted.use(network);
        before.close();
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
        Confidence confidence = null;
        Mask shadowed = null;
        AdaptedInput.Input input;
        String weights = next == null ? null : info.weightsSha256();
        CompletableFuture<NetworkCall> done;
        try {
            confidence = takeConfidence(frame.info());
            shadowed = second == null ? null : second.take(frame);
            input = adapted.next(frame);
            SegmentRequest request =
                    new SegmentRequest(
                            mask.width(),
                            mask.height(),
                            frame.picture(),
                            frame.yuvToRgb(),
                            mask.ids(),
                            confidence == null ? null : confidence.bytes(),
                            input.scale());
            latest = RequestShape.of(request);
            done = network.segment(request);
        } catch (InterruptedException | RuntimeException | Error e) {
            close(mask, confidence, shadowed);
            throw e;
        }
        if (shadowed != null) {
            // Both have returned when this completes, be it with a failure.
            done = done.thenCombine(second.segment(frame, shadowed), (call, other) -> call);
        }
        return done.handle(finish(frame, mask, confidence, shadowed, input, weights));
    }

    private BiFunction<NetworkCall, Throwable, FrameElement> finish(
            Frame frame,
            Mask mask,
            Confidence confidence,
            Mask shadowed,
            AdaptedInput.Input input,
            String weights) {
        return (call, error) -> {
            if (error != null) {
                frame.close();
                close(mask, confidence, shadowed);
                throw new CompletionException(error);
            }
            metrics.segmented(frame, call.nanos());
            return new SegmentedFrame(
                    frame,
                    mask,
                    confidence,
                    call.pictures(),
                    input.height(),
                    call.nanos(),
                    weights,
                    shadowed);
        };
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

    private static void close(Mask mask, Confidence confidence, Mask shadowed) {
        mask.close();
        if (shadowed != null) {
            shadowed.close();
        }
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
        if (second != null) {
            second.flush();
        }
    }

    @Override
    public void close() {
        if (next != null) {
            next.close();
        }
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
