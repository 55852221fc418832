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
import io.stdcseg.training.Evaluation.SegmentationScores;
import io.stdcseg.training.data.LabelledPicture;
import io.stdcseg.training.data.SegmentationDataset;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Validation of a segmentation network, by the very graph that segments streams: IoU on pictures
 * the network never learns from.
 */
final class SegmentationValidation {

    private final SegmentationDataset pictures;
    private final List<Double> scales;
    private final SegmenterOptions options;
    private final int threads;

    /**
     * @param threads that read pictures and, on a CPU, compute: each a picture of its own, as
     *     operations run on one thread where batches are shared; 0 = one per core
     */
    SegmentationValidation(
            SegmentationDataset pictures, List<Double> scales, String device, int threads) {
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
        for (double scale : scales) {
            SegmenterOptions scaled =
                    options.withWeights(weights.toString()).withScale(InputScale.by(scale));
            try (Segmenter segmenter = Engines.open(scaled)) {
                scores.put(scale, Scores.of(counts(segmenter)));
            }
        }
        return new SegmentationScores(scores);
    }

    private PixelCounts counts(Segmenter segmenter) {
        AtomicInteger next = new AtomicInteger();
        return ParallelReduction.sum(
                Math.min(threads, pictures.size()),
                () -> counts(segmenter, next),
                (a, b) -> {
                    a.merge(b);
                    return a;
                });
    }

    /** Counts pictures that no other thread has taken. */
    private PixelCounts counts(Segmenter segmenter, AtomicInteger next) {
        PixelCounts counts = new PixelCounts(segmenter.labels().size());
        PixelCounter counter = new PixelCounter(segmenter.labels().size());
        ByteBuffer rgb = ByteBuffer.allocateDirect(0);
        ByteBuffer mask = ByteBuffer.allocateDirect(0);
        int i = next.getAndIncrement();
        while (i < pictures.size()) {
            LabelledPicture picture = pictures.read(i);
            int pixels = picture.width() * picture.height();
            if (mask.capacity() != pixels) {
                rgb = ByteBuffer.allocateDirect(3 * pixels);
                mask = ByteBuffer.allocateDirect(pixels);
            }
            rgb.clear().put(picture.rgb()).flip();
            mask.clear();
            segmenter.segment(
                    List.of(new SegmentRequest(picture.width(), picture.height(), rgb, mask)));
            counter.count(picture.width(), ByteBuffer.wrap(picture.labels()), mask.clear(), counts);
            i = next.getAndIncrement();
        }
        return counts;
    }
}
