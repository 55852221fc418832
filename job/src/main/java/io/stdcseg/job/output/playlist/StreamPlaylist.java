// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.video.PlaylistSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** HLS playlist of one stream. */
final class StreamPlaylist implements RunningOutput.Stream {

    /** So many entries make a page. */
    static final int PAGE = 100;

    /** What state begins with since weights can change; before it was a target, which is more. */
    private static final int WITH_WEIGHTS = -1;

    private final OutputFolder root;
    private final String stream;
    private final PlaylistFolder folder;
    private final PlaylistPages pages;
    private final PlaylistOptions options;
    private final boolean live;
    private final LiveLatency latency;

    private final Deque<PlaylistEntry> entries = new ArrayDeque<>();
    private final Deque<Expired> expired = new ArrayDeque<>();
    private final List<String> unneeded = new ArrayList<>();
    private int target;
    private long removed;
    private long removedDiscontinuities;
    private Timeline timeline;

    /** The last page; empty if there is none. */
    private String page = "";

    /** What the pages say. */
    private String paged = "";

    /** Segments of a live stream that are not published yet. */
    private final List<Committable.Segment> toMeasure = new ArrayList<>();

    private final List<PlaylistTiming> timings = new ArrayList<>();
    private boolean changed = true;
    private boolean shownOver;
    private boolean tidied;

    StreamPlaylist(OutputFolder root, String stream, PlaylistOptions options, LiveLatency latency) {
        this.root = root;
        this.stream = stream;
        this.folder = new PlaylistFolder(root.playlist(stream));
        this.pages = new PlaylistPages(root, stream);
        this.options = options;
        this.live = options.live().contains(stream);
        this.latency = latency;
        this.target = options.targetSeconds();
    }

    @Override
    public void add(Committable.Segment segment) throws IOException {
        String file = PlaylistSegment.listedName(segment.file());
        String header = PlaylistSegment.header(segment.file());
        Timeline next =
                timeline == null ? Timeline.begin(segment, header) : timeline.next(segment, header);
        StreamInfo info = segment.info();
        unneeded.add(segment.file());
        if (!folder.has(file)) {
            Path staged = root.resolve(segment.file());
            if (Files.notExists(staged)) {
                if (options.keep() != null) {
                    // Published once, and too old since: somebody goes on from long ago.
                    return;
                }
                throw new InputException(
                        staged
                                + ", a piece of "
                                + folder.path()
                                + ", is gone, which the checkpoint to go on from needs; start"
                                + " anew");
            }
            folder.write(file, header, staged, segment.firstPts() - next.origin(), info.timeBase());
        }
        // A single picture may be shown for longer than any playlist says.
        double seconds =
                Math.min(next.seconds(segment.firstPts()), PlaylistOptions.longestSeconds(target));
        long shownAt = live ? millis(info, segment.firstPts()) : -1;
        entries.add(
                new PlaylistEntry(
                        file, header, seconds, next.discontinuity(), shownAt, segment.weights()));
        timeline = next;
        changed = true;
        if (live) {
            toMeasure.add(segment);
        }
    }

    private static long millis(StreamInfo info, long pts) {
        return Math.round(1e3 * info.seconds(pts));
    }

    @Override
    public void publish(boolean over, long now) throws IOException {
        if (entries.isEmpty() && paged.isEmpty()) {
            return;
        }
        if (changed || over != shownOver) {
            expire(now);
            folder.writeIndex(
                    PlaylistText.head(
                                    target, removed, removedDiscontinuities, options.keep() == null)
                            + paged
                            + PlaylistText.entries(entries, paged.isEmpty())
                            + (over ? PlaylistText.END : ""));
            changed = false;
            shownOver = over;
            measure(now);
        }
        if (!tidied) {
            tidied = true;
            folder.removeOthers(wanted());
        }
        while (!expired.isEmpty() && expired.peek().until() <= now) {
            folder.delete(expired.remove().file());
        }
        writePage();
    }

    private void measure(long now) {
        for (Committable.Segment segment : toMeasure) {
            PlaylistTiming timing =
                    new PlaylistTiming(
                            stream,
                            millis(segment.info(), segment.firstPts()),
                            millis(segment.info(), segment.lastPts()),
                            segment.frames(),
                            now);
            latency.add(timing);
            timings.add(timing);
        }
        toMeasure.clear();
    }

    @Override
    public List<PlaylistTiming> takeTimings() {
        List<PlaylistTiming> taken = List.copyOf(timings);
        timings.clear();
        return taken;
    }

    /** Takes out what is too old; RFC 8216 says how long its media must stay. */
    private void expire(long now) {
        double kept = options.keptSeconds(target);
        double sum = entries.stream().mapToDouble(PlaylistEntry::seconds).sum();
        double longest = sum;
        while (sum - entries.peek().seconds() >= kept) {
            PlaylistEntry entry = entries.remove();
            sum -= entry.seconds();
            removed++;
            removedDiscontinuities += entry.discontinuity() ? 1 : 0;
            long millis = Math.round(1e3 * (entry.seconds() + longest));
            expired.add(
                    new Expired(entry.file(), now > Long.MAX_VALUE - millis ? now : now + millis));
        }
    }

    private void writePage() throws IOException {
        if (options.keep() == null && entries.size() >= PAGE) {
            String lines = PlaylistText.entries(entries, paged.isEmpty());
            page = pages.write(page, lines);
            paged += lines;
            entries.clear();
        }
    }

    private Set<String> wanted() {
        Set<String> wanted = PlaylistText.files(paged);
        wanted.addAll(PlaylistText.files(PlaylistText.entries(entries, true)));
        expired.forEach(entry -> wanted.add(entry.file()));
        return wanted;
    }

    @Override
    public List<String> takeUnneeded() {
        List<String> files = List.copyOf(unneeded);
        unneeded.clear();
        return files;
    }

    @Override
    public boolean settled() {
        return expired.isEmpty();
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        out.writeInt(WITH_WEIGHTS);
        out.writeInt(target);
        out.writeLong(removed);
        out.writeLong(removedDiscontinuities);
        out.writeUTF(page);
        out.writeBoolean(timeline != null);
        if (timeline != null) {
            timeline.write(out);
        }
        out.writeInt(entries.size());
        for (PlaylistEntry entry : entries) {
            entry.write(out);
        }
        out.writeInt(expired.size());
        for (Expired entry : expired) {
            out.writeUTF(entry.file());
            out.writeLong(entry.until());
        }
    }

    /** Goes on from what {@link #write} wrote. */
    StreamPlaylist restore(DataInputView in) throws IOException {
        // A playlist's may not change; but a job may go on with longer segments.
        int begin = in.readInt();
        boolean hasWeights = begin == WITH_WEIGHTS;
        target = Math.max(target, hasWeights ? in.readInt() : begin);
        removed = in.readLong();
        removedDiscontinuities = in.readLong();
        page = in.readUTF();
        paged = pages.read(page);
        timeline = in.readBoolean() ? Timeline.read(in) : null;
        for (int i = in.readInt(); i > 0; i--) {
            entries.add(PlaylistEntry.read(in, hasWeights));
        }
        for (int i = in.readInt(); i > 0; i--) {
            expired.add(new Expired(in.readUTF(), in.readLong()));
        }
        skipGone();
        return this;
    }

    /** Who goes on from long ago finds that what was old then is gone by now. */
    private void skipGone() {
        while (options.keep() != null && !entries.isEmpty() && !folder.has(entries.peek().file())) {
            removed++;
            removedDiscontinuities += entries.remove().discontinuity() ? 1 : 0;
        }
    }

    /**
     * Media that is in the playlist no more.
     *
     * @param until milliseconds since 1970 up to when players may ask for it
     */
    private record Expired(String file, long until) {}
}
