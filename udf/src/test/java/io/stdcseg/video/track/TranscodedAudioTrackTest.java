// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.Rational;
import io.stdcseg.video.Container;
import io.stdcseg.video.Demuxer;
import io.stdcseg.video.Muxer;
import io.stdcseg.video.NativeMemory;
import io.stdcseg.video.track.TrackSource.TimeWindow;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscodedAudioTrackTest {

    private static final int MOST_STREAMS = 1000;
    private static final TimeWindow ALL =
            new TimeWindow(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0);

    @TempDir Path folder;

    /** The last step fails: the file takes no more streams. */
    @Test
    void aTrackThatCannotBeOpenedLeavesNothing() {
        Path sound = SoundFiles.wav(folder.resolve("tone.wav"), 44_100, 0.1);
        try (Demuxer source = Demuxer.open(sound);
                Muxer full = new Muxer(folder.resolve("full.mp4"), Container.MP4)) {
            AVStream stream = source.stream(0);
            fill(full, stream.codecpar());
            failToOpen(stream, full, 20);
            long before = NativeMemory.residentBytes();

            failToOpen(stream, full, 200);

            assertThat(NativeMemory.residentBytes() - before).isLessThan(20L << 20);
        }
    }

    private static void fill(Muxer file, AVCodecParameters parameters) {
        for (int i = 0; i < MOST_STREAMS; i++) {
            file.addStream(parameters, new Rational(1, 1));
        }
    }

    private static void failToOpen(AVStream source, Muxer full, int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> new TranscodedAudioTrack(source, ALL, true, full))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessage("FFmpeg cannot allocate a stream");
        }
    }
}
