// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.commit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Order of a stream's segments: takes committables of any range, and gives them as they follow each
 * other. What it keeps are those of ranges that run ahead.
 */
public final class SegmentOrder {

    private final String stream;
    private final NavigableMap<Integer, List<Committable.Segment>> segments = new TreeMap<>();
    private final NavigableMap<Integer, Committable.RangeDone> ranges = new TreeMap<>();
    private Committable.StreamDone done;
    private int range;
    private long frames;

    /** Of a stream from its beginning. */
    public SegmentOrder(String stream) {
        this(stream, 0, 0);
    }

    /**
     * Of a stream whose first segments were taken.
     *
     * @param range number of the first range that is not done
     * @param frames how many frames of that range were taken
     */
    public SegmentOrder(String stream, int range, long frames) {
        this.stream = stream;
        this.range = range;
        this.frames = frames;
    }

    /** Puts a committable where it belongs. */
    public void add(Committable committable) {
        if (committable instanceof Committable.Segment segment) {
            segments.computeIfAbsent(segment.range(), any -> new ArrayList<>()).add(segment);
        } else if (committable instanceof Committable.RangeDone end) {
            ranges.put(end.range(), end);
        } else if (committable instanceof Committable.StreamDone end) {
            done = end;
        }
    }

    /** Number of the first range that is not done. */
    public int range() {
        return range;
    }

    /** How many frames of that range were taken. */
    public long frames() {
        return frames;
    }

    /** End of the stream; null if it has not come. */
    public Committable.StreamDone done() {
        return done;
    }

    /** Whether all segments were taken, and no more will come. */
    public boolean over() {
        return done != null && range >= done.ranges();
    }

    /**
     * Takes out what follows what was taken before, without a gap: segments, and the end of each
     * range behind its own. Of the range that is not done there may be more to come, but nothing
     * between: a range's segments come in order.
     *
     * @throws IllegalStateException if segments do not hold the frames that their range had
     */
    public List<Committable> take() {
        List<Committable> next = new ArrayList<>();
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
            requireAll(end);
            next.add(end);
            range++;
            frames = 0;
        }
    }

    private void requireAll(Committable.RangeDone end) {
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
    }

    /** What was added and not taken. */
    public List<Committable> waiting() {
        List<Committable> all = new ArrayList<>();
        segments.values().forEach(all::addAll);
        all.addAll(ranges.values());
        if (done != null) {
            all.add(done);
        }
        return all;
    }

    /** Writes where it is, and what waits. */
    public void write(DataOutputView out) throws IOException {
        out.writeInt(range);
        out.writeLong(frames);
        List<Committable> waiting = waiting();
        out.writeInt(waiting.size());
        for (Committable committable : waiting) {
            CommittableSerializer.write(committable, out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static SegmentOrder read(String stream, DataInputView in) throws IOException {
        SegmentOrder order = new SegmentOrder(stream, in.readInt(), in.readLong());
        for (int i = in.readInt(); i > 0; i--) {
            order.add(CommittableSerializer.read(in));
        }
        return order;
    }
}
