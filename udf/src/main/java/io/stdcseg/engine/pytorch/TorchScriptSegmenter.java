// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stdcseg.engine.PictureSize;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.SizeCache;
import io.stdcseg.engine.TimedSegmenter;
import io.stdcseg.engine.TimedSegmenter.NetworkCall;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.torchscript.TorchScriptWriter;
import io.stdcseg.pixel.Partition;
import io.stdcseg.pixel.PictureSampler;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * PyTorch does everything from 8-bit picture to train ids: on a GPU, so that only those cross the
 * bus; for several looks at a picture; for archives that users bring.
 */
final class TorchScriptSegmenter implements TimedSegmenter {

    private final NetworkInfo info;
    private final LabelSet labels;
    private final Model model;
    private final SizeCache<ArchiveCall> masks;

    /** Of the network alone, on a GPU: where nothing is packed, one call does for all sizes. */
    private final ArchiveCall scores;

    private final InputScale scale;

    /**
     * @param model freed by {@link #close()}
     * @param masks makes calls that take (pictures, rows, columns, 3) and give (pictures, rows,
     *     columns), 8 bit
     * @param scale of the one look that it takes at a picture; null if there are several, and if
     *     its network cannot be called alone
     */
    TorchScriptSegmenter(
            NetworkInfo info,
            LabelSet labels,
            Model model,
            Supplier<ArchiveCall> masks,
            InputScale scale) {
        this.info = info;
        this.labels = labels;
        this.model = model;
        this.masks = new SizeCache<>(size -> masks.get());
        this.scores = new PrepackedCall(model, TorchScriptWriter.SCORES);
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
    public void segment(List<SegmentRequest> batch) {
        masks.use(PictureSize.of(batch), call -> segment(batch, call));
    }

    private void segment(List<SegmentRequest> batch, ArchiveCall call) {
        // Everything of this call, results included, is freed at the end of it.
        try (NDManager scope = model.getNDManager().newSubManager()) {
            NDArray pictures = BatchArrays.pictures(scope, batch);
            BatchArrays.writeMasks(call.on(scope, pictures), batch);
        }
    }

    @Override
    public Optional<NetworkCall> network(List<SegmentRequest> pictures) {
        return Optional.ofNullable(scale).map(one -> run(pictures, one));
    }

    private NetworkRun run(List<SegmentRequest> pictures, InputScale one) {
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
        NetworkRun run = new NetworkRun(model, scores, pictures.size(), height, width);
        run.fill(input);
        return run;
    }

    @Override
    public boolean ranOutOfMemory(RuntimeException failure) {
        return DeviceMemory.ranOut(failure);
    }

    @Override
    public void close() {
        masks.close();
        scores.close();
        model.close();
    }
}
