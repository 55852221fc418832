// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.stdcseg.testing.LiveServer;
import io.stdcseg.testing.LiveServer.Part;
import io.stdcseg.testing.WebServer;
import java.io.ByteArrayOutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Live streams from real servers that misbehave. */
@Timeout(60)
class LiveStreamTest extends LiveReading {

    private static final int TS_PACKET = 188;
    private static final byte[] SMALL = LiveServer.transportStream(64, 48, 50, 0);
    private static final byte[] LONG = LiveServer.transportStream(64, 48, 150, 0);
    private static final byte[] LARGE = LiveServer.transportStream(96, 64, 50, 0);

    @Test
    void readsACameraOfSinglePictures() throws Exception {
        long before = System.currentTimeMillis();
        try (WebServer server = new WebServer();
                LiveStream stream = open(server.address("/camera.mjpg"), Map.of())) {
            take(stream, 10);
        }

        assertThat(infos.get(0).width()).isEqualTo(64);
        assertThat(infos.get(0).timeBase()).isEqualTo(LiveInput.MICROS);
        assertThat(reached.get(0).lastMicros() / 1000)
                .isBetween(before, System.currentTimeMillis());
        assertContinuous();
    }

    @Test
    void comesBackWithAnotherSizeWhenTheServerWasKilled() throws Exception {
        int port;
        LiveStream stream;
        try (LiveServer server = LiveServer.start(new Part(SMALL, 2, true))) {
            port = server.port();
            stream = open(server.address(), Map.of());
            take(stream, 30);
        }
        try (stream) {
            await(() -> stream.error() != null);
            // Pictures that came before it was killed may still be taken.
            try (LiveServer server = LiveServer.startOn(port, new Part(LARGE, 2, true))) {
                while (infos.get(infos.size() - 1).width() != 96) {
                    take(stream, 1);
                }
                take(stream, 10);
            }
        }

        LivePosition last = reached.get(reached.size() - 1);
        assertThat(infos.get(0).width()).isEqualTo(64);
        assertThat(last.reconnects()).isPositive();
        assertThat(last.gaps()).isEqualTo(1);
        assertThat(last.gapMicros()).isPositive();
        assertContinuous();
    }

    @Test
    void aStreamThatStallsIsOpenedAgain() throws Exception {
        try (LiveServer server =
                        LiveServer.start(new Part(SMALL, 1, true), new Part(SMALL, 2, true));
                LiveStream stream = open(server.address(), Map.of("timeout", "0.5"))) {
            take(stream, 60);
            assertThat(stream.error()).isEqualTo("no answer for 0.5 s");
            assertThat(server.connections()).isGreaterThan(1);
        }
        assertContinuous();
    }

    @Test
    void garbageIsLeftOut() throws Exception {
        byte[] garbage = new byte[40_000];
        new Random(7).nextBytes(garbage);
        byte[] all = concat(SMALL, concat(garbage, LiveServer.transportStream(64, 48, 50, 0)));
        try (LiveServer server = LiveServer.start(new Part(all, 3, true));
                LiveStream stream = open(server.address(), Map.of())) {
            take(stream, 80);
        }
        assertContinuous();
    }

    @Test
    void picturesOfASizeThatNoCameraChangesToAreDamage() throws Exception {
        byte[] strange = LiveServer.transportStream(640, 32, 20, 2_000_000);
        byte[] all =
                concat(SMALL, concat(strange, LiveServer.transportStream(64, 48, 50, 4_000_000)));
        try (LiveServer server = LiveServer.start(new Part(all, 3, true));
                LiveStream stream = open(server.address(), Map.of())) {
            take(stream, 80);
            assertThat(stream.error()).isEqualTo("a picture of 640x32 is taken for damage");
            assertThat(server.connections()).isEqualTo(1);
        }
        assertThat(infos).allMatch(info -> info.width() == 64);
        assertThat(reached.get(reached.size() - 1).skipped()).isBetween(10L, 20L);
        assertContinuous();
    }

    @Test
    void lostPacketsAreLeftOut() throws Exception {
        byte[] all = concat(SMALL, LiveServer.transportStream(64, 48, 50, 2_000_000));
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        Random chance = new Random(7);
        for (int packet = 0; packet < all.length; packet += TS_PACKET) {
            // The first ones say what the stream is.
            if (packet < 20 * TS_PACKET || chance.nextInt(10) > 0) {
                kept.write(all, packet, TS_PACKET);
            }
        }
        try (LiveServer server = LiveServer.start(new Part(kept.toByteArray(), 3, true));
                LiveStream stream = open(server.address(), Map.of())) {
            take(stream, 50);
            assertThat(server.connections()).isEqualTo(1);
        }
        assertContinuous();
    }

    /** A server that hangs up again and again is asked less and less often. */
    @Test
    void aServerThatHangsUpIsNotStormed() throws Exception {
        Part nothing = new Part(new byte[0], 0);
        try (LiveServer server = LiveServer.start(nothing, nothing, nothing, new Part(LONG, 6));
                LiveStream stream = open(server.address(), Map.of())) {
            long begun = System.nanoTime();
            take(stream, 20);
            // 0.5, 1 and 2 s, each up to a fifth less.
            assertThat(System.nanoTime() - begun)
                    .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(2800));
            assertThat(server.connections()).isEqualTo(4);
        }
        assertThat(reached.get(reached.size() - 1).reconnects()).isEqualTo(3);
        assertContinuous();
    }

    @Test
    void aJumpOfItsTimestampsIsNoJumpInTime() throws Exception {
        byte[] jump = concat(SMALL, LiveServer.transportStream(64, 48, 50, 7_200_000_000L));
        byte[] back = concat(jump, LiveServer.transportStream(64, 48, 50, 1_000_000));
        long before = System.currentTimeMillis();
        try (LiveServer server = LiveServer.start(new Part(back, 6, true));
                LiveStream stream = open(server.address(), Map.of())) {
            take(stream, 130);
        }
        long seconds =
                (reached.get(reached.size() - 1).lastMicros() - reached.get(0).lastMicros())
                        / 1_000_000;
        assertThat(seconds).isLessThan(10);
        assertThat(reached.get(reached.size() - 1).lastMicros() / 1000)
                .isBetween(before, System.currentTimeMillis() + 1000);
        assertContinuous();
    }

    /** Finding out what comes takes a while, in which pictures wait. */
    @Test
    void theFirstPicturesAreAsFarApartAsTheyWereSent() throws Exception {
        int pictures = 50;
        double seconds = 5;
        byte[] slow = LiveServer.transportStream((int) (pictures / seconds), pictures);
        try (LiveServer server = LiveServer.start(new Part(slow, seconds, true));
                LiveStream stream = open(server.address(), Map.of())) {
            take(stream, pictures - 10);
        }
        long micros = reached.get(reached.size() - 1).lastMicros() - reached.get(0).lastMicros();

        assertThat(micros / 1e6)
                .isCloseTo((reached.size() - 1) * seconds / pictures, withinPercentage(10));
        assertContinuous();
    }

    @Test
    void leavesOutTheOldestThatNobodyTakes() throws Exception {
        LiveSettings settings =
                new LiveSettings(Duration.ofMillis(200), Map.of(), 1, 0, Long.MAX_VALUE);
        try (LiveServer server = LiveServer.start(new Part(concat(SMALL, SMALL), 4, true));
                LiveStream stream = open(server.address(), settings, LivePosition.START)) {
            await(() -> stream.position().dropped() > 10);
            take(stream, 5);
        }

        LivePosition last = reached.get(reached.size() - 1);
        assertThat(last.dropped()).isGreaterThan(10);
        assertThat(last.decoded()).isEqualTo(last.dropped() + last.skipped() + 5);
        assertThat(last.number()).isEqualTo(last.decoded());
    }

    @Test
    void goesOnBehindWhereItWas() throws Exception {
        LivePosition saved;
        try (LiveServer server = LiveServer.start(new Part(SMALL, 2, true))) {
            try (LiveStream stream = open(server.address(), Map.of())) {
                take(stream, 10);
            }
            saved = reached.get(9);
            try (LiveStream stream = open(server.address(), LiveSettings.DEFAULT, saved)) {
                take(stream, 10);
            }
        }
        assertThat(reached.get(10).number()).isEqualTo(11);
        assertThat(reached.get(10).gaps()).isEqualTo(1);
        assertContinuous();
    }

    @Test
    void readsWhatIsSentByUdp() throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String address = "udp://127.0.0.1:" + port;
        try (LiveStream stream = open(address, Map.of())) {
            push(address + "?pkt_size=1316", LONG);
            take(stream, 20);
        }
        assertContinuous();
    }

    @Test
    void readsSrt() throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String address = "srt://127.0.0.1:" + port;
        push(address + "?mode=listener&timeout=10000000", LONG);
        try (LiveStream stream = open(address, Map.of())) {
            take(stream, 20);
        }
        assertContinuous();
    }

    @Test
    void readsWhatIsPushedByRtmp() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String address = "rtmp://127.0.0.1:" + port + "/live/camera";
        try (LiveStream stream = open(address, Map.of("listen", "1"))) {
            push(address, LiveServer.stream("flv", 64, 48, 150, 0));
            take(stream, 20);
        }
        assertContinuous();
    }

    @Test
    void closesAtOnceWhileThePeerSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (String scheme : List.of("rtsp", "http", "rtmp", "tcp")) {
                LiveStream stream =
                        open(scheme + "://127.0.0.1:" + silent.getLocalPort() + "/x", Map.of());
                silent.accept();
                long begun = System.nanoTime();
                stream.close();
                assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(3));
            }
        }
    }

    /** A few attempts: there may be nobody to send to yet. */
    private static Thread push(String url, byte[] bytes) {
        Thread sender =
                new Thread(
                        () -> {
                            for (int i = 0; i < 20 && !LiveServer.push(url, bytes, 6); i++) {
                                LockSupport.parkNanos(100_000_000);
                            }
                        });
        sender.setDaemon(true);
        sender.start();
        return sender;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
