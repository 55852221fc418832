// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import ai.djl.Model;
import io.stdcseg.network.InputScale;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One look at a picture on a CPU: PyTorch runs the network alone; resizing before it and the best
 * class of each pixel after it are found here, without ever making scores of the picture's size.
 */
final class CpuSegmenter implements TimedSegmenter {

    private final ModelInfo info;
    private final Model model;
    private final PerSize<Workspaces> sizes;

    /**
     * @param model an archive that has the method {@link
     *     io.stdcseg.network.torchscript.TorchScriptWriter#SCORES}; freed by {@link #close()}
     */
    CpuSegmenter(ModelInfo info, Model model, InputScale scale) {
        this.info = info;
        this.model = model;
        this.sizes = new PerSize<>(size -> new Workspaces(model, scale, size, info.threads()));
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public void segment(List<SegmentRequest> batch) {
        use(PictureSize.of(batch), workspace -> workspace.segment(batch));
    }

    private void use(PictureSize size, Consumer<Workspace> user) {
        sizes.use(size, workspaces -> workspaces.use(user));
    }

    /** The input is what is left of the last pictures of this size. */
    @Override
    public Optional<BareNetwork> network(List<SegmentRequest> pictures) {
        PictureSize size = PictureSize.of(pictures);
        return Optional.of(() -> use(size, Workspace::runNetwork));
    }

    @Override
    public void close() {
        sizes.close();
        model.close();
    }
}
