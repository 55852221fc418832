// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.stdcseg.engine.Devices;
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

    /** Pictures whose scores lie in Java's heap at a time. */
    private static final int SCORED_AT_A_TIME = 4;

    private final NetworkInfo info;
    private final LabelSet labels;
    private final Model model;
    private final SizeCache<ScriptMethod> masks;
    private final BatchTransfer transfer;

    /** Of the network alone, on a GPU: where nothing is packed, one call does for all sizes. */
    private final ScriptMethod scores;

    private final InputScale scale;
    private final boolean ofPlanes;

    /**
     * @param model freed by {@link #close()}
     * @param masks makes calls for a size and scale of requests that take what {@link
     *     BatchTransfer#segment} says and give (pictures, rows, columns), 8 bit; of one view also
     *     the scores (pictures, rows / 8, columns / 8, classes)
     * @param ofPlanes whether they take planes, too, which a CPU gains nothing by
     * @param scale of single-scale evaluation; null if there are several views, and if its network
     *     cannot be called alone
     */
    TorchScriptSegmenter(
            NetworkInfo info,
            LabelSet labels,
            Model model,
            Function<RequestShape, ScriptMethod> masks,
            boolean ofPlanes,
            InputScale scale) {
        this.info = info;
        this.labels = labels;
        this.model = model;
        this.masks = new SizeCache<>(masks);
        this.transfer = new BatchTransfer(model, PyTorchRuntime.device(info.device()));
        this.scores = new PrepackedMethod(model, TorchScriptWriter.SCORES);
        this.scale = scale;
        this.ofPlanes = ofPlanes;
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
    public boolean takesPlanes() {
        return ofPlanes && Devices.isGpu(info.device());
    }

    @Override
    public void segment(List<SegmentRequest> batch) {
        RequestShape shape = RequestShape.of(batch);
        if (scale == null) {
            shape.requireOwnScale();
            RequestShape.requireNoConfidence(batch);
        }
        if (!ofPlanes) {
            shape.requireRgb();
        }
        boolean inPlace = batch.size() == 1 && !shape.planes() && !Devices.isGpu(info.device());
        masks.use(shape.inRgb(), method -> segment(batch, method, inPlace));
    }

    private void segment(List<SegmentRequest> batch, ScriptMethod method, boolean inPlace) {
        // Everything of this call, results included, is freed at the end of it.
        try (NDManager scope = model.getNDManager().newSubManager()) {
            if (inPlace) {
                NDList picture = new NDList(BatchArrays.pictures(scope, batch));
                BatchArrays.writeMasks(masks(method.on(scope, picture), batch), batch);
            } else {
                transfer.segment(scope, batch, inputs -> masks(method.on(scope, inputs), batch));
            }
        }
    }

    /** The masks among what came for a batch; its scores say how sure they are, where asked. */
    private static NDArray masks(NDList results, List<SegmentRequest> batch) {
        if (batch.stream().anyMatch(request -> request.confidence() != null)) {
            writeConfidence(results.get(1), batch);
        }
        return results.head();
    }

    private static void writeConfidence(NDArray scores, List<SegmentRequest> batch) {
        List<SegmentRequest> asked = batch.subList(0, BatchTransfer.withoutPadding(batch));
        for (int next = 0; next < asked.size(); next += SCORED_AT_A_TIME) {
            int end = Math.min(asked.size(), next + SCORED_AT_A_TIME);
            NDArray part = scores.get(new NDIndex().addSliceDim(next, end));
            TorchScriptNetwork.copied(part).writeConfidence(asked.subList(next, end));
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
    public int mostPictures(RequestShape shape) {
        if (!Devices.isGpu(info.device())) {
            return Integer.MAX_VALUE;
        }
        return ScoreNumbers.mostPictures(
                labels.size(), shape.size(), scale == null ? null : shape.scaleOr(scale));
    }

    @Override
    public boolean ranOutOfMemory(RuntimeException failure) {
        return PyTorchRuntime.ranOutOfMemory(failure);
    }

    /** Others of this machine may need what PyTorch keeps for whoever comes next. */
    @Override
    public void trim() {
        PyTorchRuntime.emptyCache(info.device());
    }

    @Override
    public void close() {
        masks.close();
        scores.close();
        transfer.close();
        model.close();
        trim();
    }
}
