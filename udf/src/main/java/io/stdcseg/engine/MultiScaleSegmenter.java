// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.pixel.Partition;
import io.stdcseg.pixel.PictureSampler;
import io.stdcseg.pixel.SummedArgmax;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Several looks at a picture on a CPU, at several scales and mirrored, softmax scores added up: an
 * engine runs the network alone.
 */
public final class MultiScaleSegmenter implements Segmenter {

    private final NetworkInfo info;
    private final LabelSet labels;
    private final CoarseNetwork.Loaded network;
    private final List<InputScale> scales;
    private final boolean flip;
    private final SizeCache<Looks> sizes;

    /**
     * @param network freed by {@link #close()}
     * @param flip whether each scale also looks at the mirrored picture
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
        this.sizes = new SizeCache<>(Looks::new);
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
        sizes.use(PictureSize.of(batch), looks -> looks.segment(batch));
    }

    @Override
    public void close() {
        sizes.close();
        network.close();
    }

    /** The looks at pictures of one size; one call at a time. */
    private final class Looks implements SizeCache.Kept {

        private final PictureSize size;
        private final List<Look> looks = new ArrayList<>();
        private List<SummedArgmax> argmaxes;

        Looks(PictureSize size) {
            this.size = size;
            scales.forEach(scale -> looks.add(new Look(scale, size)));
        }

        synchronized void segment(List<SegmentRequest> batch) {
            List<CoarseNetwork.Scores> scores = new ArrayList<>();
            for (Look look : looks) {
                look.sample(batch);
                scores.add(look.scores(batch.size()));
                if (flip) {
                    Mirror.columns(look.input(), look.width, SegmentRequest.CHANNELS);
                    CoarseNetwork.Scores mirrored = look.scores(batch.size());
                    Mirror.columns(mirrored.values(), mirrored.columns(), mirrored.classes());
                    scores.add(mirrored);
                }
            }
            if (argmaxes == null) {
                argmaxes =
                        Partition.split(info.threads()).stream()
                                .map(p -> argmax(scores, p))
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

        /** The scores of each look at one picture. */
        private List<FloatBuffer> picture(List<CoarseNetwork.Scores> scores, int picture) {
            return scores.stream()
                    .map(
                            look -> {
                                int numbers = look.rows() * look.columns() * look.classes();
                                return look.values().slice(picture * numbers, numbers);
                            })
                    .toList();
        }

        private SummedArgmax argmax(List<CoarseNetwork.Scores> scores, Partition part) {
            List<SummedArgmax.Size> planned = new ArrayList<>();
            for (int i = 0; i < scores.size(); i++) {
                Look look = looks.get(flip ? i / 2 : i);
                CoarseNetwork.Scores one = scores.get(i);
                planned.add(
                        new SummedArgmax.Size(one.rows(), one.columns(), look.height, look.width));
            }
            int classes = scores.get(0).classes();
            return new SummedArgmax(classes, planned, size.height(), size.width(), part);
        }

        @Override
        public void close() {
            looks.forEach(Look::close);
        }
    }

    /** The network at one scale. */
    private final class Look {

        private final InputScale scale;
        private final PictureSize size;
        private final int height;
        private final int width;
        private final CoarseNetwork.Prepared prepared;
        private CoarseNetwork run;
        private int mostPictures;
        private final PictureSampler sampler;

        Look(InputScale scale, PictureSize size) {
            this.scale = scale;
            this.size = size;
            InputMemory.HERE.require(scale, size, 1);
            height = scale.inputHeight(size.height());
            width = scale.inputWidth(size.width(), size.height());
            prepared = network.prepare(height, width);
            sampler =
                    new PictureSampler(size.height(), size.width(), height, width, Partition.WHOLE);
        }

        FloatBuffer input() {
            return run.input();
        }

        void sample(List<SegmentRequest> batch) {
            reserve(batch.size());
            int numbers = height * width * SegmentRequest.CHANNELS;
            for (int i = 0; i < batch.size(); i++) {
                sampler.write(batch.get(i).rgb(), input().slice(i * numbers, numbers));
            }
        }

        /** The input grows to the largest batch that came. */
        private void reserve(int pictures) {
            if (pictures > mostPictures) {
                InputMemory.HERE.require(scale, size, pictures);
                closeRun();
                run = prepared.open(pictures);
                mostPictures = pictures;
            }
        }

        /** A copy of the scores, which outlives the next call. */
        CoarseNetwork.Scores scores(int pictures) {
            CoarseNetwork.Scores scores = run.compute(pictures);
            FloatBuffer copy = FloatBuffer.allocate(scores.values().capacity());
            copy.put(0, scores.values(), 0, copy.capacity());
            return new CoarseNetwork.Scores(
                    copy, scores.rows(), scores.columns(), scores.classes());
        }

        private void closeRun() {
            if (run != null) {
                run.close();
                run = null;
                mostPictures = 0;
            }
        }

        void close() {
            closeRun();
            prepared.close();
        }
    }
}
