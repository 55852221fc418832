// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegLibraries;
import org.junit.jupiter.api.Test;

class PictureQueueTest {

    private final StreamInfo small = info(64);
    private final StreamInfo large = info(96);

    /** Its reader has a buffer of the other size by then. */
    @Test
    void givesNoPictureOfAnotherSizeThanIsAskedFor() {
        PictureQueue queue = new PictureQueue(Long.MAX_VALUE, 1, LivePosition.START);
        queue.add(picture(small, 1));
        StreamInfo seen = queue.peek().info();
        // There is no room for both: the older one is left out.
        queue.add(picture(large, 2));

        assertThat(queue.poll(seen)).isNull();
        PictureQueue.Taken taken = queue.poll(large);
        taken.picture().free();

        assertThat(taken.reached().dropped()).isEqualTo(1);
        assertThat(taken.reached().decoded()).isEqualTo(2);
        assertThat(queue.poll(large)).isNull();
        queue.close();
    }

    private static WaitingPicture picture(StreamInfo info, long number) {
        FfmpegLibraries.load();
        return new WaitingPicture(
                Ffmpeg.frame(),
                info,
                position(number - 1),
                position(number),
                0,
                System.nanoTime(),
                null);
    }

    private static LivePosition position(long decoded) {
        return new LivePosition(decoded, decoded, 0, 0, 1, decoded + 1, 1, 0, 0, 0);
    }

    private static StreamInfo info(int width) {
        return new StreamInfo(
                "camera",
                "udp://camera",
                width,
                48,
                0,
                new Rational(1, 1_000_000),
                new Rational(25, 1),
                new Rational(1, 1),
                StreamInfo.ColorMetadata.UNSPECIFIED);
    }
}
