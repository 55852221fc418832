// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stdcseg.engine.PictureSize;
import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.Segmenter.NetworkCall;
import io.stdcseg.engine.SizeCache;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.torchscript.TorchScriptWriter;
import io.stdcseg.pixel.Partition;
import io.stdcseg.pixel.PictureSampler;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Segmenter whose TorchScript does everything from 8-bit picture to train ids: on a GPU, so that
 * only those cross the bus; for multi-scale evaluation; for archives that users bring.
 */
final class TorchScriptSegmenter implements Segmenter {

    private final NetworkInfo info;
    private final LabelSet labels;
    private final Model model;
    private final SizeCache<ScriptMethod> masks;

    /** Of the network alone, on a GPU: where nothing is packed, one call does for all sizes. */
    private final ScriptMethod scores;

    private final InputScale scale;

    /**
     * @param model freed by {@link #close()}
     * @param masks makes calls that take (pictures, rows, columns, 3) and give (pictures, rows,
     *     columns), 8 bit, at a scale, or at the model's own where that is null
     * @param scale of single-scale evaluation; null if there are several views, and if its network
     *     cannot be called alone
     */
    TorchScriptSegmenter(
            NetworkInfo info,
            LabelSet labels,
            Model model,
            Function<InputScale, ScriptMethod> masks,
            InputScale scale) {
        this.info = info;
        this.labels = labels;
        this.model = model;
        this.masks = new SizeCache<>(shape -> masks.apply(shape.scale()));
        this.scores = new PrepackedMethod(model, TorchScriptWriter.SCORES);
        this.scale = scale;
    }

    @Override
    public NetworkInfo info() {
        return info;
    }

    @Override
    public LabelSet labels() {
        return labels;
    }

    @Override
    public Optional<InputScale> scale() {
        return Optional.ofNullable(scale);
    }

    @Override
    public void segment(List<SegmentRequest> batch) {
        RequestShape shape = RequestShape.of(batch);
        if (scale == null) {
            shape.requireOwnScale();
        }
        masks.use(shape, method -> segment(batch, method));
        if (batch.stream().anyMatch(request -> request.confidence() != null)) {
            writeConfidence(batch, shape);
        }
    }

    /** What makes masks on the device keeps its scores to itself: the network computes again. */
    private void writeConfidence(List<SegmentRequest> batch, RequestShape shape) {
        if (scale == null) {
            RequestShape.requireNoConfidence(batch);
        }
        try (TorchScriptNetwork network = network(batch, shape.scaleOr(scale))) {
            network.scores().writeConfidence(batch);
        }
    }

    private void segment(List<SegmentRequest> batch, ScriptMethod method) {
        // Everything of this call, results included, is freed at the end of it.
        try (NDManager scope = model.getNDManager().newSubManager()) {
            NDArray pictures = BatchArrays.pictures(scope, batch);
            BatchArrays.writeMasks(method.on(scope, pictures), batch);
        }
    }

    @Override
    public Optional<NetworkCall> network(List<SegmentRequest> pictures) {
        return Optional.ofNullable(scale).map(one -> network(pictures, one));
    }

    private TorchScriptNetwork network(List<SegmentRequest> pictures, InputScale one) {
        PictureSize size = PictureSize.of(pictures);
        int height = one.inputHeight(size.height());
        int width = one.inputWidth(size.width(), size.height());
        int numbers = height * width * SegmentRequest.CHANNELS;
        FloatBuffer input = FloatBuffer.allocate(pictures.size() * numbers);
        PictureSampler sampler =
                new PictureSampler(size.height(), size.width(), height, width, Partition.WHOLE);
        for (int i = 0; i < pictures.size(); i++) {
            sampler.write(pictures.get(i).rgb(), input.slice(i * numbers, numbers));
        }
        TorchScriptNetwork network =
                new TorchScriptNetwork(model, scores, pictures.size(), height, width);
        network.fill(input);
        return network;
    }

    @Override
    public boolean ranOutOfMemory(RuntimeException failure) {
        return PyTorchRuntime.ranOutOfMemory(failure);
    }

    @Override
    public void close() {
        masks.close();
        scores.close();
        model.close();
    }
}
