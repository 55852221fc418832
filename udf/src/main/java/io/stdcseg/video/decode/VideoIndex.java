// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import io.stdcseg.frame.Rational;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Index of a video file, made from its packets without decoding them: when each picture is shown,
 * and where the file may be cut so that its parts, decoded by themselves, give what the whole does.
 *
 * <p>Immutable, and as large as the file has pictures; what leaves it are {@link VideoRange}s.
 */
public final class VideoIndex {

    private final Rational timeBase;
    private final long[] pts;
    private final List<KeyFrame> keys;

    /**
     * @param pts of all pictures that are shown, in ascending order
     * @param keys where the file may be cut, in ascending order; the first is the file's first
     */
    VideoIndex(Rational timeBase, long[] pts, List<KeyFrame> keys) {
        this.timeBase = timeBase;
        this.pts = pts;
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads the packets of a file once.
     *
     * @return null where packets do not tell of every picture, so that the file has to be decoded
     *     from its beginning
     * @throws io.stdcseg.error.InputException if the file is no video
     */
    public static VideoIndex read(Path file) {
        return new VideoIndexer(file).index();
    }

    /** How many pictures the file shows. */
    public long pictures() {
        return pts.length;
    }

    /** Number of the first picture that is shown at a time or later. */
    public long firstAt(double secondsAfterFirst) {
        int low = 0;
        int high = pts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if ((pts[middle] - pts[0]) * timeBase.value() >= secondsAfterFirst) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * Cuts a stretch of the file into ranges.
     *
     * @param first number of the stretch's first picture
     * @param end number of the first picture after it
     * @param leastSeconds no range is shorter, unless the stretch is
     * @return in order; at least one, which is empty if the stretch is
     */
    public List<VideoRange> ranges(long first, long end, double leastSeconds) {
        int from = (int) Math.min(first, pts.length);
        int to = (int) Math.max(from, Math.min(end, pts.length));
        List<VideoRange> ranges = new ArrayList<>();
        int start = from;
        for (KeyFrame key : keys) {
            int cut = numberOf(key.pts());
            if (seconds(start, cut) >= leastSeconds && seconds(cut, to) >= leastSeconds) {
                ranges.add(range(start, cut));
                start = cut;
            }
        }
        ranges.add(range(start, to));
        return ranges;
    }

    private int numberOf(long time) {
        int found = Arrays.binarySearch(pts, time);
        return found >= 0 ? found : -found - 1;
    }

    /** Time between two pictures, the end counted as the last picture's; negative backwards. */
    private double seconds(int start, int end) {
        int last = pts.length - 1;
        return (pts[Math.min(end, last)] - pts[Math.min(start, last)]) * timeBase.value();
    }

    private VideoRange range(int start, int end) {
        long startPts = start == 0 ? Long.MIN_VALUE : at(start);
        long endPts = end == pts.length ? Long.MAX_VALUE : pts[end];
        return new VideoRange(
                keyBefore(startPts), startPts, Math.max(startPts, endPts), start, end - start);
    }

    private long at(int number) {
        return number < pts.length ? pts[number] : Long.MAX_VALUE;
    }

    /** The last key frame from which all pictures from a time on can be decoded. */
    private long keyBefore(long time) {
        int last = 0;
        while (last + 1 < keys.size() && keys.get(last + 1).pts() <= time) {
            last++;
        }
        if (!keys.get(last).closed()) {
            last--;
        }
        // What the decoder makes of a file's beginning, only the beginning tells.
        return last <= 0 ? Long.MIN_VALUE : keys.get(last).pts();
    }

    /**
     * Key frame of a file.
     *
     * @param closed whether no picture behind it reaches across it
     */
    record KeyFrame(long pts, boolean closed) {}
}
