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
    private final SizeCache<WorkspacePool> sizes;

    /**
     * @param network freed by {@link #close()}
     */
    public SingleScaleSegmenter(
            NetworkInfo info, LabelSet labels, CoarseNetwork.Loaded network, InputScale scale) {
        this.info = info;
        this.labels = labels;
        this.network = network;
        this.sizes =
                new SizeCache<>(size -> new WorkspacePool(network, scale, size, info.threads()));
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
        use(PictureSize.of(batch), workspace -> workspace.segment(batch));
    }

    private void use(PictureSize size, Consumer<Workspace> user) {
        sizes.use(size, workspaces -> workspaces.use(user));
    }

    /** The input is what is left of the last pictures of this size. */
    @Override
    public Optional<NetworkCall> network(List<SegmentRequest> pictures) {
        PictureSize size = PictureSize.of(pictures);
        return Optional.of(() -> use(size, workspace -> workspace.runNetwork(pictures.size())));
    }

    @Override
    public void close() {
        sizes.close();
        network.close();
    }
}
