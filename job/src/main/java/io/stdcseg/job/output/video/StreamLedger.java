// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Ledger of one stream: its committables that a completed checkpoint covers. Those that lie at its
 * beginning without a gap go to its manifest, a page at a time; what is here is no more for a long
 * stream than for a short one, as long as no range runs far ahead of the others.
 */
final class StreamLedger {

    /** So many committables make a page. */
    static final int PAGE = 100;

    private final String stream;
    private final NavigableMap<Integer, List<Committable.Segment>> segments = new TreeMap<>();
    private final NavigableMap<Integer, Committable.RangeDone> ranges = new TreeMap<>();
    private Manifest manifest;
    private Committable.StreamDone done;

    StreamLedger(String stream, Manifest manifest) {
        this.stream = stream;
        this.manifest = manifest;
    }

    void add(Committable committable) {
        if (committable instanceof Committable.Segment segment) {
            segments.computeIfAbsent(segment.range(), range -> new ArrayList<>()).add(segment);
        } else if (committable instanceof Committable.RangeDone range) {
            ranges.put(range.range(), range);
        } else if (committable instanceof Committable.StreamDone end) {
            done = end;
        }
    }

    String stream() {
        return stream;
    }

    /** Its segments that stand in pages. */
    Manifest manifest() {
        return manifest;
    }

    /**
     * Whether everything of the stream is here.
     *
     * @throws IllegalStateException if segments do not hold the frames that their ranges had
     */
    boolean whole() {
        return done != null && sincePage().range() >= done.ranges();
    }

    /** Whether there is a video to publish: of all frames, or of those before the first gap. */
    boolean publishable() {
        return (done == null || done.error() == null)
                && (manifest.page() != null || !sincePage().segments().isEmpty());
    }

    /** The segments at the stream's beginning up to the first gap, in order; all if it is whole. */
    List<Committable.Segment> segments(ManifestPages pages) throws IOException {
        List<Committable.Segment> all = new ArrayList<>(pages.read(manifest));
        all.addAll(sincePage().segments());
        return all;
    }

    /** Moves what makes a page, or more, to the manifest. */
    void writePage(ManifestPages pages) throws IOException {
        Stretch stretch = sincePage();
        if (stretch.segments().size() + stretch.range() - manifest.range() < PAGE) {
            return;
        }
        boolean written = !stretch.segments().isEmpty();
        manifest =
                new Manifest(
                        written
                                ? pages.write(stream, manifest, stretch.segments())
                                : manifest.page(),
                        manifest.pages() + (written ? 1 : 0),
                        stretch.range(),
                        stretch.frames());
        segments.headMap(stretch.range(), true).clear();
        ranges.headMap(stretch.range(), false).clear();
    }

    /** All of them that stand in no page, for a checkpoint. */
    List<Committable> committables() {
        List<Committable> all = new ArrayList<>();
        segments.values().forEach(all::addAll);
        all.addAll(ranges.values());
        if (done != null) {
            all.add(done);
        }
        return all;
    }

    /**
     * What follows the last page without a gap. Of the range that is not done there may be more to
     * come, but nothing between: a range's segments come in order.
     */
    private Stretch sincePage() {
        List<Committable.Segment> stretch = new ArrayList<>();
        int range = manifest.range();
        long frames = manifest.frames();
        while (true) {
            List<Committable.Segment> ofRange =
                    segments.getOrDefault(range, List.of()).stream()
                            .sorted(Comparator.comparingLong(Committable.Segment::firstFrame))
                            .toList();
            stretch.addAll(ofRange);
            frames += ofRange.stream().mapToLong(Committable.Segment::frames).sum();
            Committable.RangeDone end = ranges.get(range);
            if (end == null) {
                return new Stretch(stretch, range, frames);
            }
            requireAll(end, frames);
            range++;
            frames = 0;
        }
    }

    private void requireAll(Committable.RangeDone range, long frames) {
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

    /**
     * Segments without a gap.
     *
     * @param range number of the first range that is not done
     * @param frames how many frames of that range have segments
     */
    private record Stretch(List<Committable.Segment> segments, int range, long frames) {}
}
