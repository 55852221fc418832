// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.weights.PublishedModel;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Options of a segmenter: which network runs, and how. Checked as far as that is possible without
 * loading anything native.
 *
 * @param weights file, or null for the weights that come with the project for the model's variant
 * @param model such as {@code stdc1-seg50}: variant and scale of the file, or only the variant
 *     where no file is named, as the project's weights have a scale of their own; null for what the
 *     file says, or the project's usual weights
 * @param labels what the classes mean, or null for what the weights say
 * @param scale of single-scale evaluation, or null for what the weights say
 * @param scales several factors of multi-scale evaluation, softmax scores added up; empty for a
 *     single scale
 * @param flip whether the network also sees the picture mirrored at each scale
 * @param engine {@code auto} or the name of an {@link Engine}
 * @param provider what ONNX Runtime computes with: {@code cpu}, {@code cuda} or {@code tensorrt};
 *     null for what suits the device
 * @param device {@code auto}, {@code cpu}, {@code gpu}, or {@code gpu:} and numbers with commas
 * @param precision {@code auto}, {@code fp32}, {@code bf16}, {@code fp16} or {@code int8}
 * @param batchSize most pictures in one call of the network; 0 = 1 on a CPU, and what a trial shows
 *     on a GPU, up to 32
 * @param batchTimeout how long the first picture of a batch waits; null = 0 on a CPU, 5 ms on a GPU
 * @param threads of one operation on a CPU; 0 = one per core. The first network of a process
 *     decides for all
 */
public record SegmenterOptions(
        String weights,
        String model,
        LabelSet labels,
        InputScale scale,
        List<Double> scales,
        boolean flip,
        String engine,
        String provider,
        String device,
        String precision,
        int batchSize,
        Duration batchTimeout,
        int threads)
        implements Serializable {

    private static final String AUTO = "auto";
    private static final List<String> PROVIDERS = List.of("cpu", "cuda", "tensorrt");
    private static final List<String> ENGINES_WITH_PROVIDERS = List.of(AUTO, "onnxruntime");
    private static final int GPU_BATCH = 32;
    private static final int GPU_ENOUGH = 8;
    private static final Duration GPU_TIMEOUT = Duration.ofMillis(5);

    /** The default weights on the best device there is. */
    public static final SegmenterOptions DEFAULTS =
            new SegmenterOptions(
                    null, null, null, null, List.of(), false, AUTO, null, AUTO, AUTO, 0, null, 0);

    public SegmenterOptions {
        scales = List.copyOf(scales);
        if (model != null) {
            PublishedModel.of(model);
        }
        if (provider != null && !PROVIDERS.contains(provider)) {
            throw new InputException(
                    "provider '"
                            + provider
                            + "' is unknown; allowed are "
                            + String.join(", ", PROVIDERS));
        }
        if (provider != null && !ENGINES_WITH_PROVIDERS.contains(engine)) {
            throw new InputException(
                    "provider " + provider + " is for engine onnxruntime, not for " + engine);
        }
        DeviceChoice.parse(device);
        PrecisionChoice.parse(precision);
        if (scale != null && !scales.isEmpty()) {
            throw new InputException(
                    "scale " + scale + " and scales " + scales + " exclude each other; give one");
        }
        for (double factor : scales) {
            InputScale.by(factor);
        }
        if (batchSize < 0) {
            throw new InputException("batch size " + batchSize + " is not allowed; 1 or more is");
        }
        if (batchTimeout != null && batchTimeout.isNegative()) {
            throw new InputException(
                    "batch timeout " + batchTimeout + " is not allowed; 0 or more is");
        }
        if (threads < 0) {
            throw new InputException("threads " + threads + " are not allowed; 1 or more are");
        }
    }

    /** The same with other weights; null for those that come with the project. */
    public SegmenterOptions withWeights(String file) {
        return with(copy -> copy.weights = file);
    }

    /** The same with another model; null for what the weights say, or the usual ones. */
    public SegmenterOptions withModel(String name) {
        return with(copy -> copy.model = name);
    }

    /** The same with another meaning of the classes; null for what the weights say. */
    public SegmenterOptions withLabels(LabelSet set) {
        return with(copy -> copy.labels = set);
    }

    /** The same at this one scale; null for what the weights say. */
    public SegmenterOptions withScale(InputScale one) {
        return with(
                copy -> {
                    copy.scale = one;
                    copy.scales = List.of();
                });
    }

    /**
     * The same at several scales, or at the one there is if {@code factors} is empty; mirrored,
     * too, if {@code mirrored}.
     */
    public SegmenterOptions withScales(List<Double> factors, boolean mirrored) {
        return with(
                copy -> {
                    copy.scale = factors.isEmpty() ? copy.scale : null;
                    copy.scales = factors;
                    copy.flip = mirrored;
                });
    }

    /** The same computed by another engine; {@code auto} for the best there is. */
    public SegmenterOptions withEngine(String name) {
        return with(copy -> copy.engine = name);
    }

    /** The same with another provider of ONNX Runtime's; null for what suits the device. */
    public SegmenterOptions withProvider(String name) {
        return with(copy -> copy.provider = name);
    }

    /** The same on another device. */
    public SegmenterOptions withDevice(String choice) {
        return with(copy -> copy.device = choice);
    }

    /** The same in other numbers. */
    public SegmenterOptions withPrecision(String choice) {
        return with(copy -> copy.precision = choice);
    }

    /** The same with other batches; 0 and null for the device's defaults. */
    public SegmenterOptions withBatches(int size, Duration timeout) {
        return with(
                copy -> {
                    copy.batchSize = size;
                    copy.batchTimeout = timeout;
                });
    }

    /** The same with that many threads; 0 for one per core. */
    public SegmenterOptions withThreads(int count) {
        return with(copy -> copy.threads = count);
    }

    private SegmenterOptions with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.options();
    }

    /**
     * The scales at which the network sees a picture, at least one.
     *
     * @param usual what the weights say
     */
    public List<InputScale> inputScales(InputScale usual) {
        return scales.isEmpty() ? List.of(usual) : scales.stream().map(InputScale::by).toList();
    }

    /**
     * Pictures of one slot that a call should find, on whatever device: what buffers are needed
     * for. Larger batches are those of several slots.
     */
    public int largestBatch() {
        return enoughOn(true);
    }

    /** Pictures that are worth a call of the network at once. */
    public int enoughOn(boolean gpu) {
        if (batchSize > 0) {
            return batchSize;
        }
        return gpu ? GPU_ENOUGH : 1;
    }

    /** Most pictures in one call of the network. */
    public int batchSizeOn(boolean gpu) {
        if (batchSize > 0) {
            return batchSize;
        }
        return gpu ? GPU_BATCH : 1;
    }

    /** How long the first picture of a batch waits. */
    public Duration batchTimeoutOn(boolean gpu) {
        if (batchTimeout != null) {
            return batchTimeout;
        }
        return gpu ? GPU_TIMEOUT : Duration.ZERO;
    }

    /** The same options, open to change. */
    private static final class Copy {

        private String weights;
        private String model;
        private LabelSet labels;
        private InputScale scale;
        private List<Double> scales;
        private boolean flip;
        private String engine;
        private String provider;
        private String device;
        private String precision;
        private int batchSize;
        private Duration batchTimeout;
        private int threads;

        Copy(SegmenterOptions options) {
            weights = options.weights;
            model = options.model;
            labels = options.labels;
            scale = options.scale;
            scales = options.scales;
            flip = options.flip;
            engine = options.engine;
            provider = options.provider;
            device = options.device;
            precision = options.precision;
            batchSize = options.batchSize;
            batchTimeout = options.batchTimeout;
            threads = options.threads;
        }

        SegmenterOptions options() {
            return new SegmenterOptions(
                    weights,
                    model,
                    labels,
                    scale,
                    scales,
                    flip,
                    engine,
                    provider,
                    device,
                    precision,
                    batchSize,
                    batchTimeout,
                    threads);
        }
    }
}
