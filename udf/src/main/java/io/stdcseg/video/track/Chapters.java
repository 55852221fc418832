// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.frame.Rational;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.track.TrackSource.TimeWindow;
import org.bytedeco.ffmpeg.avformat.AVChapter;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Chapters of a container, copied to another. */
final class Chapters {

    private static final Rational MICROSECONDS = new Rational(1, 1_000_000);

    private Chapters() {}

    /** Copies those that a window shows, cut to it. */
    static void copy(AVFormatContext source, TimeWindow window, AVFormatContext target) {
        int count = source.nb_chapters();
        if (count == 0) {
            return;
        }
        // The target frees the list and what is in it.
        PointerPointer<AVChapter> list =
                new PointerPointer<>(
                        Ffmpeg.allocated(
                                avutil.av_calloc(count, Pointer.sizeof(Pointer.class)),
                                "chapters"));
        target.chapters(list);
        for (int i = 0; i < count; i++) {
            AVChapter chapter = source.chapters(i);
            double tick = FfmpegTypes.rational(chapter.time_base(), MICROSECONDS).value();
            double begin = Math.max(chapter.start() * tick, window.from());
            double end = Math.min(chapter.end() * tick, window.to());
            if (begin < end) {
                AVChapter copy = allocate();
                list.put(target.nb_chapters(), copy);
                target.nb_chapters(target.nb_chapters() + 1);
                copy.id(chapter.id()).time_base(FfmpegTypes.rational(MICROSECONDS));
                copy.start(microseconds(begin + window.shift()));
                copy.end(microseconds(end + window.shift()));
                copy.metadata(Ffmpeg.copy(chapter.metadata()));
            }
        }
    }

    private static AVChapter allocate() {
        return new AVChapter(
                Ffmpeg.allocated(avutil.av_mallocz(Pointer.sizeof(AVChapter.class)), "a chapter"));
    }

    private static long microseconds(double seconds) {
        return Math.round(seconds / MICROSECONDS.value());
    }
}
