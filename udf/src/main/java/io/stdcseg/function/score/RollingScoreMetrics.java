// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.metric.MaskScores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

/**
 * Metrics of rolling scores: those of each stream's last window as gauges, until the stream ends.
 * How old the window is and how many frames it holds stands beside them: a stream that is away
 * leaves no new one, and one whose labels have ended leaves windows without scores.
 */
final class RollingScoreMetrics {

    /** Gauge, per stream: mean IoU of the last window that left. */
    static final String ROLLING_MIOU = "rollingMiou";

    /** Gauge, per stream and class: IoU of the last window that left. */
    static final String ROLLING_IOU = "rollingIou";

    /** Gauge, per stream: labelled frames in that window, of which the IoU are. */
    static final String ROLLING_LABELLED_FRAMES = "rollingLabelledFrames";

    /** Gauge, per stream: seconds since that window left. */
    static final String ROLLING_AGE_SECONDS = "rollingAgeSeconds";

    /** Gauge, per stream: mean IoU of masks that follow each other. */
    static final String ROLLING_STABILITY = "rollingStability";

    /** Gauge, per stream: how many pairs of masks that is of. */
    static final String ROLLING_STABILITY_PAIRS = "rollingStabilityPairs";

    /** Gauge, per stream: the same after motion. */
    static final String ROLLING_TEMPORAL_CONSISTENCY = "rollingTemporalConsistency";

    /** Gauge, per stream: how many pairs of masks that is of. */
    static final String ROLLING_TEMPORAL_CONSISTENCY_PAIRS = "rollingTemporalConsistencyPairs";

    /** Gauge, per stream: divergence of classes' shares from the stream's past, in nats. */
    static final String ROLLING_DRIFT_NATS = "rollingDriftNats";

    /** Gauge, per stream: divergence of the pictures' luma from the stream's past, in nats. */
    static final String ROLLING_LUMA_DRIFT_NATS = "rollingLumaDriftNats";

    /** Gauge, per stream: mean difference of a pixel's luma from the next one's, in levels. */
    static final String ROLLING_SHARPNESS = "rollingSharpness";

    /** Gauge, per stream: share of the pixels of which the network is not sure. */
    static final String ROLLING_UNCERTAIN_SHARE = "rollingUncertainShare";

    /** Gauge, per stream and class: share of the pixels. */
    static final String ROLLING_CLASS_SHARE = "rollingClassShare";

    /** Gauge, per stream: frames in that window, of whose masks the shares are. */
    static final String ROLLING_MASK_FRAMES = "rollingMaskFrames";

    /** Group key of metrics kept per stream. */
    private static final String STREAM = "stream";

    /** Group key of metrics kept per class. */
    private static final String CLASS = "class";

    private final MetricGroup group;
    private final List<String> classes;
    private final LongSupplier nanos;
    private final Map<String, Latest> streams = new HashMap<>();

    /**
     * @param nanos a clock that only goes on
     */
    RollingScoreMetrics(MetricGroup group, List<String> classes, LongSupplier nanos) {
        this.group = group;
        this.classes = classes;
        this.nanos = nanos;
    }

    void update(ScoreWindow window) {
        Latest latest = streams.get(window.stream());
        if (latest == null) {
            latest = new Latest(group.addGroup(STREAM, window.stream()));
            streams.put(window.stream(), latest);
            latest.left = new Left(window, nanos.getAsLong());
            register(latest);
        } else {
            latest.left = new Left(window, nanos.getAsLong());
        }
    }

    /** The stream has ended: a job of many streams must not collect the gauges of all. */
    void remove(String stream) {
        Latest latest = streams.remove(stream);
        // Flink offers no other way to take a metric back before its task ends.
        if (latest != null && latest.group instanceof AbstractMetricGroup<?> registered) {
            registered.close();
        }
    }

    private void register(Latest latest) {
        MetricGroup ofStream = latest.group;
        ofStream.gauge(ROLLING_MIOU, () -> latest.window().scores().miou());
        ofStream.gauge(ROLLING_LABELLED_FRAMES, () -> latest.window().frames());
        ofStream.gauge(ROLLING_AGE_SECONDS, () -> (nanos.getAsLong() - latest.left.nanos) / 1e9);
        ofStream.gauge(ROLLING_STABILITY, () -> latest.masks().stability());
        ofStream.gauge(ROLLING_STABILITY_PAIRS, () -> latest.masks().pairs());
        ofStream.gauge(ROLLING_TEMPORAL_CONSISTENCY, () -> latest.masks().temporalConsistency());
        ofStream.gauge(ROLLING_TEMPORAL_CONSISTENCY_PAIRS, () -> latest.masks().movedPairs());
        ofStream.gauge(ROLLING_DRIFT_NATS, () -> latest.masks().judgement().driftNats());
        ofStream.gauge(ROLLING_LUMA_DRIFT_NATS, () -> latest.masks().judgement().lumaDriftNats());
        ofStream.gauge(ROLLING_SHARPNESS, () -> latest.masks().sharpness());
        ofStream.gauge(ROLLING_UNCERTAIN_SHARE, () -> latest.masks().uncertainShare());
        ofStream.gauge(ROLLING_MASK_FRAMES, () -> latest.masks().frames());
        for (int c = 0; c < classes.size(); c++) {
            int index = c;
            MetricGroup ofClass = ofStream.addGroup(CLASS, classes.get(c));
            ofClass.gauge(ROLLING_IOU, () -> latest.window().scores().iou()[index]);
            ofClass.gauge(ROLLING_CLASS_SHARE, () -> latest.masks().classShares()[index]);
        }
    }

    /** A window and when it left. */
    private record Left(ScoreWindow window, long nanos) {}

    /** Latest window of a stream, read by reporters in their own threads. */
    private final class Latest {

        private final MetricGroup group;
        private volatile Left left;

        Latest(MetricGroup group) {
            this.group = group;
        }

        ScoreWindow window() {
            return left.window;
        }

        /** Nothing of masks that were not counted. */
        MaskScores masks() {
            MaskScores masks = left.window.masks();
            return masks == null ? MaskScores.none(classes.size()) : masks;
        }
    }
}
