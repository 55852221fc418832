// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.pixel.Partition;
import io.stdcseg.pixel.SummedArgmax;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Segmenter with multi-scale evaluation on a CPU: an engine runs the network alone, at several
 * scales and on mirrored pictures, and the softmax scores of all these views are added up here.
 */
public final class MultiScaleSegmenter implements Segmenter {

    private final NetworkInfo info;
    private final LabelSet labels;
    private final CoarseNetwork.Loaded network;
    private final List<InputScale> scales;
    private final boolean flip;
    private final SizeCache<Scales> sizes;

    /**
     * @param network freed by {@link #close()}
     * @param flip whether the network also sees the picture mirrored at each scale
     */
    public MultiScaleSegmenter(
            NetworkInfo info,
            LabelSet labels,
            CoarseNetwork.Loaded network,
            List<InputScale> scales,
            boolean flip) {
        this.info = info;
        this.labels = labels;
        this.network = network;
        this.scales = scales;
        this.flip = flip;
        this.sizes = new SizeCache<>(Scales::new);
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
        RequestShape.requireNoConfidence(batch);
        sizes.use(RequestShape.of(batch), all -> all.segment(batch));
    }

    @Override
    public void close() {
        sizes.close();
        network.close();
    }

    /** The network at all scales, for pictures of one size; one call at a time. */
    private final class Scales implements SizeCache.Kept {

        private final PictureSize size;
        private final List<ScaledNetwork> networks = new ArrayList<>();
        private List<SummedArgmax> argmaxes;

        Scales(RequestShape shape) {
            shape.requireOwnScale();
            this.size = shape.size();
            scales.forEach(scale -> networks.add(new ScaledNetwork(network, scale, size)));
        }

        synchronized void segment(List<SegmentRequest> batch) {
            List<CoarseNetwork.Scores> scores = new ArrayList<>();
            for (ScaledNetwork scaled : networks) {
                scores.add(scaled.scores(batch));
                if (flip) {
                    scores.add(scaled.mirroredScores(batch.size()));
                }
            }
            if (argmaxes == null) {
                argmaxes =
                        Partition.split(info.threads()).stream()
                                .map(part -> argmax(scores, part))
                                .toList();
            }
            Partition.forEach(
                    argmaxes,
                    argmax -> {
                        for (int i = 0; i < batch.size(); i++) {
                            argmax.write(picture(scores, i), batch.get(i).mask());
                        }
                    });
        }

        /** The scores of each view of one picture. */
        private List<FloatBuffer> picture(List<CoarseNetwork.Scores> scores, int picture) {
            return scores.stream()
                    .map(
                            view -> {
                                int numbers = view.rows() * view.columns() * view.classes();
                                return view.values().slice(picture * numbers, numbers);
                            })
                    .toList();
        }

        private SummedArgmax argmax(List<CoarseNetwork.Scores> scores, Partition part) {
            List<SummedArgmax.Size> views = new ArrayList<>();
            for (int i = 0; i < scores.size(); i++) {
                views.add(networks.get(flip ? i / 2 : i).sizeOf(scores.get(i)));
            }
            int classes = scores.get(0).classes();
            return new SummedArgmax(classes, views, size.height(), size.width(), part);
        }

        @Override
        public void close() {
            networks.forEach(ScaledNetwork::close);
        }
    }
}
