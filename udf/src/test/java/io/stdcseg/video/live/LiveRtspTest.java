// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.testing.RtspServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A camera behind a real RTSP server, which refuses RTP in the connection and sends it over UDP.
 */
@Timeout(90)
class LiveRtspTest extends LiveReading {

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
}
