// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.engine.Devices;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.metric.PixelCounter;
import io.stdcseg.metric.PixelCounts;
import io.stdcseg.metric.Scores;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.training.Evaluation.Sample;
import io.stdcseg.training.Evaluation.SegmentationScores;
import io.stdcseg.training.data.LabelledPicture;
import io.stdcseg.training.data.SegmentationDataset;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Validation of a segmentation network, by the very graph that segments streams: IoU on pictures
 * the network never learns from.
 */
final class SegmentationValidation {

    private static final int MOST_SAMPLES = 3;

    /** Pictures in a call on a GPU; on a CPU cores share pictures, and one is right. */
    private static final int GPU_BATCH = 8;

    private final SegmentationDataset pictures;
    private final List<Double> scales;
    private final SegmenterOptions options;
    private final int threads;
    private final int batch;

    /**
     * @param threads that read pictures and, on a CPU, compute: each a picture of its own, as
     *     operations run on one thread where batches are shared; 0 = one per core
     */
    SegmentationValidation(
            SegmentationDataset pictures, List<Double> scales, String device, int threads) {
        this(pictures, scales, device, threads, Devices.isGpu(device) ? GPU_BATCH : 1);
    }

    /**
     * @param batch how many pictures a call of the network gets at most; of more than one, a call
     *     at a time
     */
    SegmentationValidation(
            SegmentationDataset pictures,
            List<Double> scales,
            String device,
            int threads,
            int batch) {
        this.batch = batch;
        this.threads = ParallelReduction.threads(threads);
        this.pictures = pictures;
        this.scales = scales;
        SegmenterOptions usual = SegmenterOptions.DEFAULTS.withDevice(device);
        this.options = Devices.isGpu(device) ? usual : onCpu(usual);
    }

    /** Weights that still learn are rounded as little as costs nothing. */
    private static SegmenterOptions onCpu(SegmenterOptions usual) {
        boolean bfloat16 = Engines.pays(Precision.BF16, Devices.CPU);
        return usual.withEngine("pytorch").withPrecision(bfloat16 ? "bf16" : "fp32");
    }

    /** The scores of a weights file by scale. */
    SegmentationScores scores(Path weights) {
        Map<Double, Scores> scores = new LinkedHashMap<>();
        Map<Integer, Sample> samples = new ConcurrentSkipListMap<>();
        for (double scale : scales) {
            SegmenterOptions scaled =
                    options.withWeights(weights.toString()).withScale(InputScale.by(scale));
            try (Segmenter segmenter = Engines.open(scaled)) {
                scores.put(scale, Scores.of(counts(segmenter, samples)));
            }
        }
        return new SegmentationScores(scores, List.copyOf(samples.values()));
    }

    private PixelCounts counts(Segmenter segmenter, Map<Integer, Sample> samples) {
        AtomicInteger next = new AtomicInteger();
        return ParallelReduction.sum(
                Math.min(threads, pictures.size()),
                () -> counts(segmenter, next, samples),
                (a, b) -> {
                    a.merge(b);
                    return a;
                });
    }

    /** Counts pictures that no other thread has taken. */
    private PixelCounts counts(
            Segmenter segmenter, AtomicInteger next, Map<Integer, Sample> samples) {
        PixelCounts counts = new PixelCounts(segmenter.labels().size());
        PixelCounter counter = new PixelCounter(segmenter.labels().size());
        ValidationBatch waiting = new ValidationBatch();
        int first = next.getAndAdd(batch);
        while (first < pictures.size()) {
            int end = Math.min(first + batch, pictures.size());
            for (int i = first; i < end; i++) {
                waiting.add(i, pictures.read(i));
            }
            waiting.segment(
                    requests -> segment(segmenter, requests),
                    (i, picture, mask) -> {
                        counter.count(
                                picture.width(), ByteBuffer.wrap(picture.labels()), mask, counts);
                        if (isSample(i)) {
                            // Of the first scale, whose masks come first.
                            samples.putIfAbsent(i, sample(picture, mask));
                        }
                    });
            first = next.getAndAdd(batch);
        }
        return counts;
    }

    /** On a GPU one call at a time: its memory holds what is trained, too. */
    private void segment(Segmenter segmenter, List<SegmentRequest> requests) {
        if (batch == 1) {
            segmenter.segment(requests);
        } else {
            synchronized (this) {
                ValidationBatch.segment(segmenter, requests);
            }
        }
    }

    /** A few, as far apart as they can be. */
    private boolean isSample(int i) {
        int most = Math.min(MOST_SAMPLES, pictures.size());
        for (int sample = 0; sample < most; sample++) {
            if (i == sample * pictures.size() / most) {
                return true;
            }
        }
        return false;
    }

    private static Sample sample(LabelledPicture picture, ByteBuffer mask) {
        byte[] ids = new byte[picture.width() * picture.height()];
        mask.get(0, ids);
        return new Sample(
                picture.name(),
                picture.width(),
                picture.height(),
                picture.rgb(),
                picture.labels(),
                ids);
    }
}
