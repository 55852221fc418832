// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement.LiveProgress;
import io.stdcseg.inference.HeightControl;
import io.stdcseg.inference.SharedNetwork;
import io.stdcseg.network.InputScale;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Input of the network as it is adapted to the load: at which height it sees each frame of a
 * subtask. The network's control says so of live streams, and hears here how long frames waited. In
 * the task's thread.
 */
final class AdaptedInput {

    /** Gauge: rows that the network saw of the subtask's last frame that may be adapted. */
    static final String INPUT_HEIGHT = "inputHeight";

    /** Counter: how often that was another height than the frame's before. */
    static final String INPUT_HEIGHT_CHANGES = "inputHeightChanges";

    private final Set<String> streams;
    private final Duration lag;
    private final Counter changes;
    private final Map<String, Integer> heights = new HashMap<>();
    private final Map<String, Long> dropped = new HashMap<>();
    private HeightControl control;
    private volatile int last;

    /**
     * How a frame is handed over.
     *
     * @param scale null for the network's own
     * @param height rows that the network sees; 0 of a frame that is not to be adapted
     */
    record Input(InputScale scale, int height) {

        private static final Input USUAL = new Input(null, 0);
    }

    private AdaptedInput(Adaptation adaptation, Counter changes) {
        this.streams = adaptation.streams();
        this.lag = adaptation.lag();
        this.changes = changes;
    }

    /**
     * As a job says.
     *
     * @throws io.stdcseg.error.InputException if the network has no other heights
     */
    static AdaptedInput of(
            Adaptation adaptation, SharedNetwork.Lease network, MetricGroup metrics) {
        if (adaptation.streams().isEmpty()) {
            return new AdaptedInput(adaptation, null);
        }
        AdaptedInput adapted = new AdaptedInput(adaptation, metrics.counter(INPUT_HEIGHT_CHANGES));
        adapted.use(network);
        metrics.gauge(INPUT_HEIGHT, () -> adapted.last);
        return adapted;
    }

    /**
     * From now on another network sees the frames; it begins at its usual height.
     *
     * @throws io.stdcseg.error.InputException if it has no other heights
     */
    void use(SharedNetwork.Lease network) {
        if (!streams.isEmpty()) {
            control = network.heights(lag);
        }
    }

    /** How a frame is handed over now. */
    Input next(Frame frame) {
        if (!streams.contains(frame.stream())) {
            return Input.USUAL;
        }
        control.waited(System.nanoTime() - frame.decodedNanos());
        InputScale scale = control.scale();
        last = control.inputHeight(scale, frame.info().displayHeight());
        Integer before = heights.put(frame.stream(), last);
        if (before != null && before != last) {
            changes.inc();
        }
        return new Input(scale, last);
    }

    /** What a stream says of itself. */
    void progress(LiveProgress live) {
        Long before = dropped.put(live.stream(), live.dropped());
        if (before != null && live.dropped() > before && streams.contains(live.stream())) {
            control.leftOut();
        }
    }
}
