// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has been told, and is covered by a checkpoint, of one stream. */
final class StreamLedger {

    private final String stream;
    private final List<Segment.Piece> pieces = new ArrayList<>();
    private final Map<Integer, Segment.RangeDone> ranges = new LinkedHashMap<>();
    private Segment.StreamDone done;

    StreamLedger(String stream) {
        this.stream = stream;
    }

    void add(Segment segment) {
        if (segment instanceof Segment.Piece piece) {
            pieces.add(piece);
        } else if (segment instanceof Segment.RangeDone range) {
            ranges.put(range.range(), range);
        } else if (segment instanceof Segment.StreamDone end) {
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

    /** Whether there is a video to publish; of a whole stream. */
    boolean publishable() {
        return done.error() == null && !pieces.isEmpty();
    }

    /**
     * The pieces of a whole stream, in order.
     *
     * @throws IllegalStateException if they do not hold the frames that their ranges had
     */
    List<Segment.Piece> pieces() {
        for (Segment.RangeDone range : ranges.values()) {
            long frames =
                    pieces.stream()
                            .filter(piece -> piece.range() == range.range())
                            .mapToLong(Segment.Piece::frames)
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
        return pieces.stream()
                .sorted(
                        Comparator.comparingInt(Segment.Piece::range)
                                .thenComparingLong(Segment.Piece::firstFrame))
                .toList();
    }

    /** All that was told, for a checkpoint. */
    List<Segment> segments() {
        List<Segment> all = new ArrayList<>(pieces);
        all.addAll(ranges.values());
        if (done != null) {
            all.add(done);
        }
        return all;
    }
}
