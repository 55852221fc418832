// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import io.stdcseg.frame.Rational;
import io.stdcseg.job.output.commit.Committable;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Time of a playlist, as far as its last segment: what the next one is held against. It begins at 0
 * with the first segment, whatever the stream's does: that of a live stream counts from 1970, that
 * of a file may begin below 0. Frames that were lost leave their time empty. Where the stream's
 * clock goes back, or counts other ticks, the playlist's goes on from where it is.
 *
 * @param header of the last segment
 * @param timeBase of the stream, in seconds per tick
 * @param origin the stream's time, in ticks, that is the playlist's 0
 * @param lastPts of the last frame
 * @param step ticks from one frame to the next
 * @param discontinuity whether the last segment does not go on from the one before it
 */
record Timeline(
        String header,
        Rational timeBase,
        long origin,
        long lastPts,
        long step,
        boolean discontinuity) {

    /** More missing frames in a row than these are a gap. */
    private static final int FRAMES_OF_GAP = 2;

    /** The time of a playlist whose first segment this is. */
    static Timeline begin(Committable.Segment segment, String header) {
        return at(segment, header, segment.firstPts(), false);
    }

    /** The time behind the next segment. */
    Timeline next(Committable.Segment segment, String nextHeader) {
        long end = lastPts + step;
        Rational ticks = segment.info().timeBase();
        if (!ticks.equals(timeBase) || segment.firstPts() <= lastPts) {
            long ended = Math.round((end - origin) * timeBase.value() / ticks.value());
            return at(segment, nextHeader, segment.firstPts() - ended, true);
        }
        boolean gap = segment.firstPts() - end > FRAMES_OF_GAP * step;
        return at(segment, nextHeader, origin, gap || !nextHeader.equals(header));
    }

    private static Timeline at(
            Committable.Segment segment, String header, long origin, boolean discontinuity) {
        return new Timeline(
                header,
                segment.info().timeBase(),
                origin,
                segment.lastPts(),
                Math.max(1, segment.step()),
                discontinuity);
    }

    /** Seconds that the last segment is shown, which began at that time. */
    double seconds(long firstPts) {
        return (lastPts + step - firstPts) * timeBase.value();
    }

    void write(DataOutputView out) throws IOException {
        out.writeUTF(header);
        out.writeInt(timeBase.numerator());
        out.writeInt(timeBase.denominator());
        out.writeLong(origin);
        out.writeLong(lastPts);
        out.writeLong(step);
        out.writeBoolean(discontinuity);
    }

    static Timeline read(DataInputView in) throws IOException {
        return new Timeline(
                in.readUTF(),
                new Rational(in.readInt(), in.readInt()),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean());
    }
}
