// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ledger of one stream: its committables that a completed checkpoint covers. */
final class StreamLedger {

    private final String stream;
    private final List<Committable.Segment> segments = new ArrayList<>();
    private final Map<Integer, Committable.RangeDone> ranges = new LinkedHashMap<>();
    private Committable.StreamDone done;

    StreamLedger(String stream) {
        this.stream = stream;
    }

    void add(Committable committable) {
        if (committable instanceof Committable.Segment segment) {
            segments.add(segment);
        } else if (committable instanceof Committable.RangeDone range) {
            ranges.put(range.range(), range);
        } else if (committable instanceof Committable.StreamDone end) {
            done = end;
        }
    }

    String stream() {
        return stream;
    }

    /** Whether everything of the stream is here. */
    boolean whole() {
        return done != null && ranges.size() >= done.ranges();
    }

    /** Whether there is a video to publish. */
    boolean publishable() {
        return (done == null || done.error() == null) && !segments.isEmpty();
    }

    /**
     * The segments, in order.
     *
     * @throws IllegalStateException if they do not hold the frames that ranges had which are whole
     */
    List<Committable.Segment> segments() {
        for (Committable.RangeDone range : ranges.values()) {
            long frames =
                    segments.stream()
                            .filter(segment -> segment.range() == range.range())
                            .mapToLong(Committable.Segment::frames)
                            .sum();
            if (frames != range.frames()) {
                throw new IllegalStateException(
                        "pieces of stream "
                                + stream
                                + ", range "
                                + range.range()
                                + ", hold "
                                + frames
                                + " frames; the range has "
                                + range.frames());
            }
        }
        return segments.stream()
                .sorted(
                        Comparator.comparingInt(Committable.Segment::range)
                                .thenComparingLong(Committable.Segment::firstFrame))
                .toList();
    }

    /** All of them, for a checkpoint. */
    List<Committable> committables() {
        List<Committable> all = new ArrayList<>(segments);
        all.addAll(ranges.values());
        if (done != null) {
            all.add(done);
        }
        return all;
    }
}
