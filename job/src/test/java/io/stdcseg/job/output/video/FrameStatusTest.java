// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.video.NativeMemory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FrameStatusTest {

    @Test
    void saysNumberTimeAndRate() throws Exception {
        assertThat(FrameStatus.of(frame(123, 3_723_040), 24.96))
                .isEqualTo("frame 123  1:02:03.040  25.0 frames/s");
        assertThat(FrameStatus.of(frame(0, 0), Double.NaN)).isEqualTo("frame 0  0:00:00.000");
    }

    @Test
    void saysTheClockTimeOfLiveStreams() throws Exception {
        assertThat(FrameStatus.of(frame(5, 1_700_000_000_250L), Double.NaN))
                .isEqualTo("frame 5  2023-11-14 22:13:20.250Z");
    }

    @Test
    void theRateIsThatOfTheLastFrames() {
        AtomicLong clock = new AtomicLong();
        FrameRate rate = new FrameRate(clock::get);
        assertThat(rate.next()).isNaN();
        clock.addAndGet(1_000_000_000);
        assertThat(rate.next()).isEqualTo(1);
        double last = 0;
        for (int i = 0; i < 100; i++) {
            clock.addAndGet(40_000_000);
            last = rate.next();
        }
        assertThat(last).isEqualTo(25);
    }

    private static Frame frame(long index, long millis) throws InterruptedException {
        StreamInfo info =
                new StreamInfo(
                        "a",
                        "memory",
                        2,
                        2,
                        0,
                        new Rational(1, 1000),
                        new Rational(25, 1),
                        new Rational(1, 1),
                        ColorMetadata.UNSPECIFIED);
        BufferPool pool = new BufferPool(1, new NativeMemory());
        return new Frame(info, 0, index, millis, 1, null, 0, pool.poll(info.rgbBytes()));
    }
}
