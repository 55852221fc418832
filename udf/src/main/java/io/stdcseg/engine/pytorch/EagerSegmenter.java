// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.engine.CoarseNetwork;
import io.stdcseg.engine.Devices;
import io.stdcseg.engine.InputMemory;
import io.stdcseg.engine.PictureSize;
import io.stdcseg.engine.PrecisionChoice;
import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.Segmenter.NetworkCall;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.network.eager.EagerNetwork;
import io.stdcseg.weights.Weights;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** Segmenter in eager mode, one operation after the other; a baseline for timing. */
final class EagerSegmenter implements Segmenter {

    private final NetworkInfo info;
    private final LabelSet labels;
    private final InputScale scale;
    private final NDManager memory;
    private final EagerNetwork network;
    private final BilinearResize bilinear;

    private EagerSegmenter(
            NetworkInfo info, Weights weights, NDManager memory, BilinearResize bilinear) {
        this.info = info;
        this.labels = weights.labels();
        this.scale = weights.scale();
        this.memory = memory;
        this.network = new EagerNetwork(weights.spec(), weights.tensors(), memory);
        this.bilinear = bilinear;
    }

    static EagerSegmenter load(Weights weights, SegmenterOptions options, String device) {
        Precision wanted = PrecisionChoice.parse(options.precision()).precision();
        if (wanted != null && wanted != Precision.FP32) {
            throw new InputException(
                    "precision "
                            + options.precision()
                            + " is not for the eager engine; allowed with it are auto and fp32");
        }
        NDManager memory =
                PyTorchRuntime.get(options.threads()).newBaseManager(PyTorchRuntime.device(device));
        if (Devices.isGpu(device)) {
            Tf32.off();
        }
        String scale = weights.scale().toString();
        NetworkInfo info =
                ModelLoader.info(weights, EagerEngine.NAME, scale, Precision.FP32, device);
        BilinearResize bilinear = new BilinearResize(PyTorchRuntime.device(device));
        return new EagerSegmenter(info, weights.inferenceOnly(), memory, bilinear);
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
        return Optional.of(scale);
    }

    @Override
    public void segment(List<SegmentRequest> batch) {
        PictureSize size = PictureSize.of(batch);
        try (NDManager scope = memory.newSubManager()) {
            NDArray image = image(scope, batch);
            int rows = (int) image.getShape().get(2);
            int columns = (int) image.getShape().get(3);
            NDArray coarse = network.logits(image);
            NDArray large = bilinear.resize(coarse, rows, columns);
            NDArray scores = bilinear.resize(large, size.height(), size.width());
            NDArray masks = scores.argMax(1).toType(DataType.UINT8, false);
            BatchArrays.writeMasks(masks, batch);
            if (batch.stream().anyMatch(request -> request.confidence() != null)) {
                writeConfidence(coarse, batch);
            }
        }
    }

    /** Of scores (pictures, classes, rows, columns). */
    private static void writeConfidence(NDArray coarse, List<SegmentRequest> batch) {
        Shape shape = coarse.getShape();
        FloatBuffer values = FloatBuffer.wrap(coarse.transpose(0, 2, 3, 1).toFloatArray());
        new CoarseNetwork.Scores(values, (int) shape.get(2), (int) shape.get(3), (int) shape.get(1))
                .writeConfidence(batch);
    }

    @Override
    public Optional<NetworkCall> network(List<SegmentRequest> pictures) {
        NDManager own = memory.newSubManager();
        return Optional.of(new EagerCall(own, image(own, pictures)));
    }

    /** Pictures as the network sees them. */
    private NDArray image(NDManager scope, List<SegmentRequest> batch) {
        RequestShape shape = RequestShape.of(batch);
        PictureSize size = shape.size();
        InputScale at = shape.scaleOr(scale);
        if (!Devices.isGpu(info.device())) {
            InputMemory.HERE.require(at, size, batch.size());
        }
        NDArray pictures = EagerNetwork.normalise(BatchArrays.pictures(scope, batch));
        return bilinear.resize(
                pictures,
                at.inputHeight(size.height()),
                at.inputWidth(size.width(), size.height()));
    }

    @Override
    public int mostPictures(RequestShape shape) {
        return Devices.isGpu(info.device())
                ? ScoreNumbers.mostPictures(labels.size(), shape.size(), shape.scaleOr(scale))
                : Integer.MAX_VALUE;
    }

    @Override
    public boolean ranOutOfMemory(RuntimeException failure) {
        return PyTorchRuntime.ranOutOfMemory(failure);
    }

    @Override
    public void trim() {
        PyTorchRuntime.emptyCache(info.device());
    }

    @Override
    public void close() {
        bilinear.close();
        memory.close();
        trim();
    }

    /** The network on one image. */
    private final class EagerCall implements NetworkCall {

        private final NDManager own;
        private final NDArray image;

        EagerCall(NDManager own, NDArray image) {
            this.own = own;
            this.image = image;
        }

        @Override
        public void await() {
            try (NDManager scope = own.newSubManager()) {
                image.tempAttach(scope); // What is computed belongs to the image's manager.
                float unused = network.logits(image).getFloat(0, 0, 0, 0);
            }
        }

        @Override
        public void close() {
            own.close();
        }
    }
}
