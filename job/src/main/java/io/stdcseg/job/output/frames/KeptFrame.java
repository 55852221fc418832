// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.frames;

import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameQuality;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.function.window.StreamTime;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Frame that may be worth a look: where its picture and its mask lie, and how good that is. Never
 * the pixels themselves.
 *
 * @param index number of the frame in its stream
 * @param timeNanos stream time
 * @param name the picture's file name without ending; null for a frame of a video
 * @param image its picture, a path below the output folder; null while nothing is written
 * @param label its mask likewise
 */
public record KeptFrame(
        String stream,
        long index,
        long timeNanos,
        String name,
        FrameQuality quality,
        String image,
        String label) {

    private static final Pattern PUBLISHED =
            Pattern.compile("(?:images|labels)/(?<stream>.+)_\\d{6,}\\.(?:jpg|png)");

    /** Those worth the most first; of equal ones the earlier, so that there is always one order. */
    static final Comparator<KeptFrame> WORST_FIRST =
            Comparator.comparingDouble((KeptFrame frame) -> -frame.worth().value())
                    .thenComparing(KeptFrame::stream)
                    .thenComparingLong(KeptFrame::timeNanos)
                    .thenComparingLong(KeptFrame::index);

    /** Of which nothing is written yet. */
    static KeptFrame of(SegmentedFrame segmented) {
        Frame frame = segmented.frame();
        return new KeptFrame(
                frame.stream(),
                frame.index(),
                StreamTime.nanos(frame.pts(), frame.info().timeBase()),
                frame.name(),
                segmented.quality(),
                null,
                null);
    }

    /** The same in files. */
    KeptFrame in(String imageFile, String labelFile) {
        return new KeptFrame(stream, index, timeNanos, name, quality, imageFile, labelFile);
    }

    Worth worth() {
        return Worth.of(quality);
    }

    /** Where its picture is published, below the folder of frames. */
    String publishedImage() {
        return published("images", "jpg");
    }

    /** Where its mask is published, below the folder of frames. */
    String publishedLabel() {
        return published("labels", "png");
    }

    private String published(String kind, String ending) {
        return String.format(Locale.ROOT, "%s/%s_%06d.%s", kind, stream, index, ending);
    }

    /** The stream of which a published picture or mask may be a frame; null for other files. */
    static String streamOfPublished(String file) {
        Matcher name = PUBLISHED.matcher(file);
        return name.matches() ? name.group("stream") : null;
    }

    double seconds() {
        return StreamTime.seconds(timeNanos);
    }
}
