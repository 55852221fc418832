// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.engine.Segmenter.NetworkCall;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Segmenter with single-scale evaluation on a CPU: an engine runs the network alone; resizing
 * before it and the argmax after it are computed here, without ever making scores of the picture's
 * size.
 */
public final class SingleScaleSegmenter implements Segmenter {

    private final NetworkInfo info;
    private final LabelSet labels;
    private final CoarseNetwork.Loaded network;
    private final InputScale scale;
    private final SizeCache<WorkspacePool> sizes;

    /**
     * @param network freed by {@link #close()}
     */
    public SingleScaleSegmenter(
            NetworkInfo info, LabelSet labels, CoarseNetwork.Loaded network, InputScale scale) {
        this.info = info;
        this.labels = labels;
        this.network = network;
        this.scale = scale;
        this.sizes =
                new SizeCache<>(
                        shape ->
                                new WorkspacePool(
                                        network,
                                        shape.scaleOr(scale),
                                        shape.size(),
                                        info.threads()));
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
        use(RequestShape.of(batch), workspace -> workspace.segment(batch));
    }

    private void use(RequestShape shape, Consumer<Workspace> user) {
        sizes.use(shape, workspaces -> workspaces.use(user));
    }

    /** The input is what is left of the last pictures of this shape. */
    @Override
    public Optional<NetworkCall> network(List<SegmentRequest> pictures) {
        RequestShape shape = RequestShape.of(pictures);
        return Optional.of(() -> use(shape, workspace -> workspace.runNetwork(pictures.size())));
    }

    @Override
    public void close() {
        sizes.close();
        network.close();
    }
}
