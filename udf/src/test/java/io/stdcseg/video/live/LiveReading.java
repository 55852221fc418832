// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.StreamInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Reading of live streams, and what it gave. */
abstract class LiveReading {

    final Semaphore changes = new Semaphore(0);
    final List<LivePosition> reached = new ArrayList<>();
    final List<StreamInfo> infos = new ArrayList<>();

    LiveStream open(String address, Map<String, String> options) {
        return open(
                address,
                new LiveSettings(LiveSettings.DEFAULT_LAG, options, 1, 0, Long.MAX_VALUE),
                LivePosition.START);
    }

    LiveStream open(String address, LiveSettings settings, LivePosition start) {
        return new LiveStream("camera", LiveAddress.of(address), settings, start, changes::release);
    }

    void take(LiveStream stream, int pictures) throws Exception {
        for (int taken = 0; taken < pictures; ) {
            LivePicture picture = stream.take(stream.next());
            if (picture == null) {
                assertThat(changes.tryAcquire(30, TimeUnit.SECONDS)).as(stream.error()).isTrue();
                continue;
            }
            try (picture) {
                StreamInfo info = picture.info();
                ByteBuffer rgb = ByteBuffer.allocateDirect(info.rgbBytes());
                picture.writeRgb(rgb);
                picture.writeYuv(ByteBuffer.allocateDirect(info.yuvBytes()));
                infos.add(info);
                reached.add(picture.reached());
                assertThat(picture.number()).isEqualTo(picture.reached().number() - 1);
                taken++;
            }
        }
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** Times increase, and every picture that came is accounted for. */
    void assertContinuous() {
        for (int i = 0; i < reached.size(); i++) {
            LivePosition position = reached.get(i);
            assertThat(position.decoded())
                    .isEqualTo(i + 1 + position.dropped() + position.skipped());
            if (i > 0) {
                assertThat(position.lastMicros()).isGreaterThan(reached.get(i - 1).lastMicros());
            }
        }
    }
}
