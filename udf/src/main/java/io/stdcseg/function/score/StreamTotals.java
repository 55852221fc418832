// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.frame.FrameElement.LiveProgress;
import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.function.score.ScoreWindow.ScorePane;
import io.stdcseg.function.score.StreamEvent.FrameScore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Totals of a stream, once it has ended.
 *
 * @param source where it came from; null if its end was never announced
 * @param frames how many frames were segmented
 * @param skipped how many pictures could not be decoded
 * @param skippedPictures the first of them in the stream
 * @param error why it ended early; null if it did not
 * @param labelledFrames how many frames had a label
 * @param counts of those, see {@link io.stdcseg.metric.PixelCounts#toLongs()}; null if there are
 *     none
 * @param live how it was doing, of a live stream; else null
 * @param heights at which the network saw its frames, where they change; else null
 * @param masks of all frames, which need no label; null if they were not counted
 * @param weights that made its frames, in their order; null where they are the same throughout
 * @param shadow of a second network; null if there is none
 */
public record StreamTotals(
        String stream,
        String source,
        long frames,
        long skipped,
        List<SkippedPicture> skippedPictures,
        String error,
        long labelledFrames,
        long[] counts,
        LiveProgress live,
        InputHeights heights,
        MaskTotals masks,
        List<WeightsSpan> weights,
        ShadowCounts shadow)
        implements Serializable {

    /** So many pictures that were left out are named; the others are counted. */
    public static final int MOST_NAMED = 100;

    private static final Comparator<SkippedPicture> IN_STREAM =
            Comparator.comparingInt(SkippedPicture::range).thenComparingLong(SkippedPicture::index);

    /** Of a stream that is not live. */
    public StreamTotals(
            String stream,
            String source,
            long frames,
            long skipped,
            List<SkippedPicture> skippedPictures,
            String error,
            long labelledFrames,
            long[] counts) {
        this(
                stream,
                source,
                frames,
                skipped,
                skippedPictures,
                error,
                labelledFrames,
                counts,
                null,
                null,
                null,
                null,
                null);
    }

    /** Of a stream whose frames are all made by the same weights. */
    public StreamTotals(
            String stream,
            String source,
            long frames,
            long skipped,
            List<SkippedPicture> skippedPictures,
            String error,
            long labelledFrames,
            long[] counts,
            LiveProgress live,
            InputHeights heights,
            MaskTotals masks) {
        this(
                stream,
                source,
                frames,
                skipped,
                skippedPictures,
                error,
                labelledFrames,
                counts,
                live,
                heights,
                masks,
                null,
                null);
    }

    public static StreamTotals empty(String stream) {
        return new StreamTotals(stream, null, 0, 0, List.of(), null, 0, null);
    }

    StreamTotals withFrame(FrameScore frame) {
        ScorePane before = counts == null ? null : new ScorePane(labelledFrames, counts);
        ScorePane scored =
                frame.labelled() ? ScorePane.sum(before, new ScorePane(1, frame.counts())) : before;
        return new StreamTotals(
                stream,
                source,
                frames + 1,
                skipped,
                skippedPictures,
                error,
                scored == null ? 0 : scored.frames(),
                scored == null ? null : scored.counts(),
                live == null ? null : live.afterFrame(),
                InputHeights.after(heights, frame),
                MaskTotals.after(masks, frame.masks()),
                WeightsSpan.after(weights, frame),
                ShadowCounts.sum(shadow, frame.shadow()));
    }

    StreamTotals withSkipped(long more) {
        return new StreamTotals(
                stream,
                source,
                frames,
                skipped + more,
                skippedPictures,
                error,
                labelledFrames,
                counts,
                live,
                heights,
                masks,
                weights,
                shadow);
    }

    /** With a window that left. */
    StreamTotals withWindow(ScoreWindow window) {
        return masks == null || window.masks() == null
                ? this
                : new StreamTotals(
                        stream,
                        source,
                        frames,
                        skipped,
                        skippedPictures,
                        error,
                        labelledFrames,
                        counts,
                        live,
                        heights,
                        masks.with(window.masks(), window.windowStart()),
                        weights,
                        shadow);
    }

    /** With what a live stream says of itself: its counts are of all there was. */
    StreamTotals withLive(LiveProgress progress) {
        return new StreamTotals(
                stream,
                source,
                frames,
                progress.skipped(),
                skippedPictures,
                error,
                labelledFrames,
                counts,
                progress,
                heights,
                masks,
                weights,
                shadow);
    }

    /**
     * Names a picture, which {@link #withSkipped(long)} counts. Those are named that come first in
     * the stream, whatever order its ranges are read in.
     */
    StreamTotals withSkipped(SkippedPicture picture) {
        List<SkippedPicture> all = new ArrayList<>(skippedPictures);
        all.add(picture);
        all.sort(IN_STREAM);
        return withNamed(List.copyOf(all.subList(0, Math.min(MOST_NAMED, all.size()))));
    }

    private StreamTotals withNamed(List<SkippedPicture> pictures) {
        return new StreamTotals(
                stream,
                source,
                frames,
                skipped,
                pictures,
                error,
                labelledFrames,
                counts,
                live,
                heights,
                masks,
                weights,
                shadow);
    }

    /** The same with the count of pictures that were left out, but none of their names. */
    public StreamTotals withoutNames() {
        return withNamed(List.of());
    }

    /** When a range of it has ended. */
    StreamTotals withRangeEnd(int range) {
        return new StreamTotals(
                stream,
                source,
                frames,
                skipped,
                skippedPictures,
                error,
                labelledFrames,
                counts,
                live,
                heights,
                masks,
                WeightsSpan.afterRange(weights, range),
                shadow);
    }

    StreamTotals withEnd(String from, String why) {
        return new StreamTotals(
                stream,
                from,
                frames,
                skipped,
                skippedPictures,
                why,
                labelledFrames,
                counts,
                live,
                heights,
                masks,
                weights,
                shadow);
    }

    /**
     * The same, where it is known what made the masks.
     *
     * @param by stretches by weights; null where they are the same throughout
     * @param second counts of a second network; null if there is none
     */
    public StreamTotals madeBy(List<WeightsSpan> by, ShadowCounts second) {
        return new StreamTotals(
                stream,
                source,
                frames,
                skipped,
                skippedPictures,
                error,
                labelledFrames,
                counts,
                live,
                heights,
                masks,
                by,
                second);
    }

    /** The same, where the counts have gone into those of all streams. */
    public StreamTotals withoutCounts() {
        return new StreamTotals(
                stream,
                source,
                frames,
                skipped,
                skippedPictures,
                error,
                labelledFrames,
                null,
                live,
                heights,
                masks,
                weights,
                shadow);
    }
}
