// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import io.stdcseg.job.output.video.Committable;
import io.stdcseg.job.output.video.CommittableSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Order of a stream's segments: takes committables of any range, and gives segments as they follow
 * each other. What it keeps are those of ranges that run ahead.
 */
final class SegmentOrder {

    private final String stream;
    private final NavigableMap<Integer, List<Committable.Segment>> segments = new TreeMap<>();
    private final NavigableMap<Integer, Committable.RangeDone> ranges = new TreeMap<>();
    private Committable.StreamDone done;
    private int range;
    private long frames;

    SegmentOrder(String stream) {
        this.stream = stream;
    }

    void add(Committable committable) {
        if (committable instanceof Committable.Segment segment) {
            segments.computeIfAbsent(segment.range(), any -> new ArrayList<>()).add(segment);
        } else if (committable instanceof Committable.RangeDone end) {
            ranges.put(end.range(), end);
        } else if (committable instanceof Committable.StreamDone end) {
            done = end;
        }
    }

    /** Whether all segments were taken, and no more will come. */
    boolean over() {
        return done != null && range >= done.ranges();
    }

    /**
     * Takes out the segments that follow those taken before, without a gap.
     *
     * @throws IllegalStateException if segments do not hold the frames that their range had
     */
    List<Committable.Segment> take() {
        List<Committable.Segment> next = new ArrayList<>();
        while (true) {
            List<Committable.Segment> ofRange = segments.remove(range);
            if (ofRange != null) {
                ofRange.sort(Comparator.comparingLong(Committable.Segment::firstFrame));
                next.addAll(ofRange);
                frames += ofRange.stream().mapToLong(Committable.Segment::frames).sum();
            }
            Committable.RangeDone end = ranges.remove(range);
            if (end == null) {
                return next;
            }
            if (end.frames() != frames) {
                throw new IllegalStateException(
                        "pieces of stream "
                                + stream
                                + ", range "
                                + range
                                + ", hold "
                                + frames
                                + " frames; the range has "
                                + end.frames());
            }
            range++;
            frames = 0;
        }
    }

    void write(DataOutputView out) throws IOException {
        out.writeInt(range);
        out.writeLong(frames);
        List<Committable> kept = new ArrayList<>();
        segments.values().forEach(kept::addAll);
        kept.addAll(ranges.values());
        if (done != null) {
            kept.add(done);
        }
        out.writeInt(kept.size());
        for (Committable committable : kept) {
            CommittableSerializer.write(committable, out);
        }
    }

    static SegmentOrder read(String stream, DataInputView in) throws IOException {
        SegmentOrder order = new SegmentOrder(stream);
        order.range = in.readInt();
        order.frames = in.readLong();
        for (int i = in.readInt(); i > 0; i--) {
            order.add(CommittableSerializer.read(in));
        }
        return order;
    }
}
