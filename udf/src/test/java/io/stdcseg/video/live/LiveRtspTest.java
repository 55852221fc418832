// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.testing.GStreamerCamera;
import io.stdcseg.testing.RtspServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cameras behind real RTSP servers: one that refuses RTP in the connection and sends it over UDP,
 * and one that sends nothing over UDP.
 */
@Timeout(90)
class LiveRtspTest extends LiveReading {

    @TempDir private Path folder;

    @Test
    void comesBackWhenTheServerWasKilled() throws Exception {
        int port = RtspServer.freePort();
        LiveStream stream;
        try (RtspServer server = new RtspServer(port)) {
            stream = open(server.address(), Map.of("timeout", "2"));
            take(stream, 30);
        }
        try (stream) {
            await(() -> stream.error() != null);
            try (RtspServer server = new RtspServer(port)) {
                long before = reached.get(reached.size() - 1).reconnects();
                while (reached.get(reached.size() - 1).reconnects() == before) {
                    take(stream, 1);
                }
                take(stream, 20);
            }
        }

        LivePosition last = reached.get(reached.size() - 1);
        assertThat(infos.get(0).width()).isEqualTo(64);
        assertThat(last.gaps()).isPositive();
        assertThat(last.gapMicros()).isPositive();
        assertContinuous();
    }

    @ParameterizedTest(name = "{0} s before ours")
    @ValueSource(doubles = {2, -2})
    void goesByTheCamerasClock(double shift) throws Exception {
        try (GStreamerCamera camera = new GStreamerCamera("tcp", shift, folder);
                LiveStream stream = open(camera.address(), Map.of())) {
            // From when RTCP has told of it.
            do {
                take(stream, 1);
            } while (Math.abs(lead() - shift) > 0.5);
            take(stream, 10);
            assertThat(lead()).isCloseTo(shift, within(1.0));
            assertThat(stream.error()).isNull();
        }
        assertContinuous();
    }

    @Test
    void doesNotGoByAClockThatIsHoursWrong() throws Exception {
        try (GStreamerCamera camera = new GStreamerCamera("tcp", 7200, folder);
                LiveStream stream = open(camera.address(), Map.of())) {
            take(stream, 150);
            assertThat(lead()).isBetween(-3.0, 1.0);
        }
        assertContinuous();
    }

    /** By how many seconds the last picture's time is after now. */
    private double lead() {
        long last = reached.get(reached.size() - 1).lastMicros();
        return last / 1e6 - System.currentTimeMillis() / 1e3;
    }
}
