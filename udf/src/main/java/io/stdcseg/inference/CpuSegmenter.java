// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import ai.djl.Model;
import io.stdcseg.network.InputScale;
import java.util.List;
import java.util.Optional;

/**
 * One look at a picture on a CPU: PyTorch runs the network alone; resizing before it and the best
 * class of each pixel after it are found here, without ever making scores of the picture's size.
 */
final class CpuSegmenter implements TimedSegmenter {

    private final ModelInfo info;
    private final Model model;
    private final Workspaces workspaces;

    /**
     * @param model an archive that has the method {@link
     *     io.stdcseg.network.torchscript.TorchScriptWriter#SCORES}; freed by {@link #close()}
     */
    CpuSegmenter(ModelInfo info, Model model, InputScale scale) {
        this.info = info;
        this.model = model;
        this.workspaces = new Workspaces(size -> new Workspace(model, scale, size));
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public void segment(List<SegmentRequest> batch) {
        try (Workspaces.Loan loan = workspaces.take(PictureSize.of(batch))) {
            loan.workspace().segment(batch);
        }
    }

    /** The input is what is left of the last pictures of this size. */
    @Override
    public Optional<BareNetwork> network(List<SegmentRequest> pictures) {
        PictureSize size = PictureSize.of(pictures);
        return Optional.of(
                () -> {
                    try (Workspaces.Loan loan = workspaces.take(size)) {
                        loan.workspace().runNetwork();
                    }
                });
    }

    @Override
    public void close() {
        workspaces.close();
        model.close();
    }
}
