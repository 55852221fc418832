// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

/**
 * Metrics of rolling scores: those of each stream's last window as gauges, one per class and the
 * mean, until the stream ends.
 */
final class RollingScoreMetrics {

    /** Gauge, per stream: mean IoU of the last window that left. */
    static final String ROLLING_MIOU = "rollingMiou";

    /** Gauge, per stream and class: IoU of the last window that left. */
    static final String ROLLING_IOU = "rollingIou";

    /** Group key of metrics kept per stream. */
    private static final String STREAM = "stream";

    /** Group key of metrics kept per class. */
    private static final String CLASS = "class";

    private final MetricGroup group;
    private final List<String> classes;
    private final Map<String, Latest> streams = new HashMap<>();

    RollingScoreMetrics(MetricGroup group, List<String> classes) {
        this.group = group;
        this.classes = classes;
    }

    void update(ScoreWindow window) {
        Latest latest = streams.get(window.stream());
        if (latest == null) {
            streams.put(window.stream(), register(window));
        } else {
            latest.window = window;
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

    private Latest register(ScoreWindow window) {
        MetricGroup ofStream = group.addGroup(STREAM, window.stream());
        Latest latest = new Latest(ofStream, window);
        ofStream.gauge(ROLLING_MIOU, () -> latest.window.scores().miou());
        for (int c = 0; c < classes.size(); c++) {
            int index = c;
            ofStream.addGroup(CLASS, classes.get(c))
                    .gauge(ROLLING_IOU, () -> latest.window.scores().iou()[index]);
        }
        return latest;
    }

    /** Latest window of a stream, read by reporters in their own threads. */
    private static final class Latest {

        private final MetricGroup group;
        private volatile ScoreWindow window;

        Latest(MetricGroup group, ScoreWindow window) {
            this.group = group;
            this.window = window;
        }
    }
}
