// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.LiveProgress;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.function.window.StreamTime;
import io.stdcseg.metric.MaskCounts;
import io.stdcseg.metric.MaskLattice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs of masks that follow each other directly: in the same range of a stream, with nothing left
 * out between them. Keeps the latest mask of each range that is being read. Not thread-safe.
 */
final class MaskPairs {

    /** From a frame to the next but one is twice the time; clocks of containers round. */
    private static final double LONGEST_STEP = 1.75;

    private final int classes;
    private final int every;
    private final Map<Range, Latest> latest = new HashMap<>();
    private final Map<String, LiveProgress> live = new HashMap<>();

    private record Range(String stream, int number) {}

    private record Latest(long index, long timeNanos, MaskLattice mask) {}

    /**
     * @param every from one frame's number to the next one's
     */
    MaskPairs(int classes, int every) {
        this.classes = classes;
        this.every = every;
    }

    /** The counts of a frame's mask, and of the pair that it is with the one before it. */
    MaskCounts add(SegmentedFrame segmented) {
        Frame frame = segmented.frame();
        int width = segmented.mask().width();
        int height = segmented.mask().height();
        ByteBuffer ids = segmented.mask().ids();
        MaskLattice mask = MaskLattice.of(ids, width, height);
        long time = StreamTime.nanos(frame.pts(), frame.info().timeBase());
        Latest before =
                latest.put(
                        new Range(frame.stream(), frame.range()),
                        new Latest(frame.index(), time, mask));
        MaskCounts counts = new MaskCounts(classes);
        counts.add(mask);
        addLuma(frame, counts);
        if (segmented.confidence() != null) {
            counts.addMargins(segmented.confidence().margins());
        }
        if (before != null && follows(before, frame, time)) {
            counts.addPair(before.mask, mask);
            if (every == 1 && frame.motion() != null) {
                counts.addMovedPair(before.mask, ids, width, height, frame.motion().moves());
            }
        }
        return counts;
    }

    /** Luma lies there by itself where the frame has planes; elsewhere RGB says as much. */
    private static void addLuma(Frame frame, MaskCounts counts) {
        StreamInfo info = frame.info();
        if (frame.hasYuv()) {
            counts.addLuma(frame.yuv(), info.color().fullRange(), info.width(), info.height());
        } else {
            counts.addRgb(frame.rgb(), info.displayWidth(), info.displayHeight());
        }
    }

    private boolean follows(Latest before, Frame frame, long time) {
        if (frame.index() - before.index != every) {
            return false;
        }
        // Pictures of a folder follow each other whenever they were taken; live frames have the
        // times at which they came, and what is missing is said.
        boolean told = frame.name() != null || live.containsKey(frame.stream());
        double step = 1e9 * every / frame.info().frameRate().value();
        return told || time - before.timeNanos < LONGEST_STEP * step;
    }

    /** Takes in a marker: the next frame may have none before it. */
    void pass(FrameElement marker) {
        if (marker instanceof RangeEnd end) {
            latest.remove(new Range(end.stream(), end.range()));
            live.remove(end.stream());
        } else if (marker instanceof LiveProgress now) {
            LiveProgress before = live.put(now.stream(), now);
            if (before == null || isInterrupted(before, now)) {
                latest.remove(new Range(now.stream(), now.range()));
            }
        }
    }

    private static boolean isInterrupted(LiveProgress before, LiveProgress now) {
        return before.dropped() != now.dropped()
                || before.skipped() != now.skipped()
                || before.reconnects() != now.reconnects()
                || before.gaps() != now.gaps();
    }

    /** What a job has to know to go on; of live streams nothing, as they are not read on. */
    List<LatestMask> snapshot() {
        List<LatestMask> masks = new ArrayList<>();
        latest.forEach(
                (range, last) -> {
                    if (!live.containsKey(range.stream)) {
                        masks.add(
                                new LatestMask(
                                        range.stream,
                                        range.number,
                                        last.index,
                                        last.timeNanos,
                                        last.mask.columns(),
                                        last.mask.rows(),
                                        last.mask.toRuns()));
                    }
                });
        return masks;
    }

    void restore(LatestMask mask) {
        latest.put(
                new Range(mask.stream(), mask.range()),
                new Latest(mask.index(), mask.timeNanos(), mask.lattice()));
    }
}
