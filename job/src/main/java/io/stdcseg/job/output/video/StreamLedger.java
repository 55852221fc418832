// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.commit.SegmentOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Ledger of one stream: its committables that a completed checkpoint covers. Those that lie at its
 * beginning without a gap go to its manifest, a page at a time; what is here is no more for a long
 * stream than for a short one, as long as no range runs far ahead of the others.
 */
final class StreamLedger {

    /** So many committables make a page. */
    static final int PAGE = 100;

    private final String stream;
    private final SegmentOrder order;

    /** What follows the last page without a gap. */
    private final List<Committable> sincePage = new ArrayList<>();

    private Manifest manifest;

    StreamLedger(String stream, Manifest manifest) {
        this.stream = stream;
        this.manifest = manifest;
        this.order = new SegmentOrder(stream, manifest.range(), manifest.frames());
    }

    void add(Committable committable) {
        order.add(committable);
    }

    /**
     * Moves on over what was added, up to the first gap.
     *
     * @throws IllegalStateException if segments do not hold the frames that their range had
     */
    void advance() {
        sincePage.addAll(order.take());
    }

    String stream() {
        return stream;
    }

    /** Its segments that stand in pages. */
    Manifest manifest() {
        return manifest;
    }

    /** Whether everything of the stream is here. */
    boolean whole() {
        return order.over();
    }

    /** Whether there is a video to publish: of all frames, or of those before the first gap. */
    boolean publishable() {
        boolean failed = order.done() != null && order.done().error() != null;
        return !failed && (manifest.page() != null || !segmentsSincePage().isEmpty());
    }

    /** The segments at the stream's beginning up to the first gap, in order; all if it is whole. */
    List<Committable.Segment> segments(ManifestPages pages) throws IOException {
        List<Committable.Segment> all = new ArrayList<>(pages.read(manifest));
        all.addAll(segmentsSincePage());
        return all;
    }

    /** Moves what makes a page, or more, to the manifest. */
    void writePage(ManifestPages pages) throws IOException {
        if (sincePage.size() < PAGE) {
            return;
        }
        List<Committable.Segment> segments = segmentsSincePage();
        boolean written = !segments.isEmpty();
        manifest =
                new Manifest(
                        written ? pages.write(stream, manifest, segments) : manifest.page(),
                        manifest.pages() + (written ? 1 : 0),
                        order.range(),
                        order.frames());
        sincePage.clear();
    }

    /** All of them that stand in no page, for a checkpoint. */
    List<Committable> committables() {
        List<Committable> all = new ArrayList<>(sincePage);
        all.addAll(order.waiting());
        return all;
    }

    private List<Committable.Segment> segmentsSincePage() {
        return Committable.segments(sincePage);
    }
}
