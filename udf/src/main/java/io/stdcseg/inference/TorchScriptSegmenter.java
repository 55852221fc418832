// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.stdcseg.network.InputScale;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * PyTorch does everything from 8-bit picture to train ids: on a GPU, so that only those cross the
 * bus; for several looks at a picture; for archives that users bring.
 */
final class TorchScriptSegmenter implements TimedSegmenter {

    private final ModelInfo info;
    private final Model model;
    private final InputScale scale;

    /**
     * @param model takes (pictures, rows, columns, 3) and gives (pictures, rows, columns), 8 bit;
     *     freed by {@link #close()}
     * @param scale of the one look that it takes at a picture; null if there are several, and if
     *     its network cannot be called alone
     */
    TorchScriptSegmenter(ModelInfo info, Model model, InputScale scale) {
        this.info = info;
        this.model = model;
        this.scale = scale;
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public void segment(List<SegmentRequest> batch) {
        // Everything of this call, results included, is freed at the end of it.
        try (NDManager scope = model.getNDManager().newSubManager()) {
            NDList pictures = new NDList(BatchArrays.pictures(scope, batch));
            ParameterStore parameters = new ParameterStore(scope, false);
            NDArray masks =
                    model.getBlock().forward(parameters, pictures, false).singletonOrThrow();
            BatchArrays.writeMasks(masks, batch);
        }
    }

    @Override
    public Optional<BareNetwork> network(List<SegmentRequest> pictures) {
        return Optional.ofNullable(scale).map(one -> run(pictures, one));
    }

    private NetworkRun run(List<SegmentRequest> pictures, InputScale one) {
        PictureSize size = PictureSize.of(pictures);
        int height = one.inputHeight(size.height());
        int width = one.inputWidth(size.width(), size.height());
        int numbers = height * width * SegmentRequest.CHANNELS;
        FloatBuffer input = FloatBuffer.allocate(size.pictures() * numbers);
        PictureSampler sampler = new PictureSampler(size.height(), size.width(), height, width);
        for (int i = 0; i < size.pictures(); i++) {
            sampler.write(pictures.get(i).rgb(), input.slice(i * numbers, numbers));
        }
        NetworkRun run = new NetworkRun(model, size.pictures(), height, width);
        run.fill(input);
        return run;
    }

    @Override
    public void close() {
        model.close();
    }
}
