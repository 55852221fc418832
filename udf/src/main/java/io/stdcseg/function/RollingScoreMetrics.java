// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.MetricGroup;

/** Shows the scores of each stream's last window as gauges, one per class and the mean. */
final class RollingScoreMetrics {

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

    private Latest register(ScoreWindow window) {
        Latest latest = new Latest(window);
        MetricGroup ofStream = group.addGroup(MetricNames.STREAM, window.stream());
        ofStream.gauge(MetricNames.ROLLING_MIOU, () -> latest.window.miou());
        for (int c = 0; c < classes.size(); c++) {
            int index = c;
            ofStream.addGroup(MetricNames.CLASS, classes.get(c))
                    .gauge(MetricNames.ROLLING_IOU, () -> latest.window.iou()[index]);
        }
        return latest;
    }

    /** Read by reporters in their own threads. */
    private static final class Latest {

        private volatile ScoreWindow window;

        Latest(ScoreWindow window) {
            this.window = window;
        }
    }
}
