// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.testing.LiveServer;
import io.stdcseg.testing.WebServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams by HTTP that are playlists or files, and lead to where they should not. */
@Timeout(20)
class LivePlaylistTest {

    private static final byte[] VIDEO = LiveServer.transportStream(64, 48, 50, 0);

    private final Semaphore changes = new Semaphore(0);
    private WebServer server;
    @TempDir private Path folder;

    @BeforeEach
    void start() throws Exception {
        server = new WebServer().file("/a.ts", VIDEO);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPlaylistThatIsCompleteIsReadWholeAndEnds() throws Exception {
        server.file("/a.m3u8", playlist("a.ts", true));

        assertThat(readAll(server.address("/a.m3u8"))).isEqualTo(50);
    }

    @Test
    void aFileIsReadWholeAndEnds() throws Exception {
        assertThat(readAll(server.address("/a.ts"))).isEqualTo(50);
    }

    @Test
    void aPlaylistThatGrowsIsReadAtItsPace() throws Exception {
        server.file("/a.m3u8", playlist("a.ts", false));
        try (LiveStream stream = open(server.address("/a.m3u8"))) {
            LivePosition first = take(stream);
            LivePosition last = first;
            for (int i = 1; i < 45; i++) {
                last = take(stream);
            }
            assertThat(last.dropped()).isZero();
            assertThat(last.lastMicros() - first.lastMicros()).isBetween(1_000_000L, 4_000_000L);
        }
    }

    @Test
    void localFilesAreNotRead() throws Exception {
        Path secret = Files.write(folder.resolve("secret.ts"), VIDEO);
        server.file("/a.m3u8", playlist("file://" + secret, true));
        assertRefused("/a.m3u8", "it leads to what is no host");
        server.file("/b.m3u8", playlist(secret.toString(), true));
        assertThat(whyNot(server.address("/b.m3u8"))).isNotNull();
        server.file("/c.m3u8", playlist("concat:" + secret, true));
        assertThat(whyNot(server.address("/c.m3u8"))).isNotNull();
    }

    @Test
    void otherHostsAreNotAsked() throws Exception {
        try (WebServer other = new WebServer().file("/a.ts", VIDEO)) {
            // Another name of the same machine.
            String address = other.address("/a.ts").replace("127.0.0.1", "localhost");
            server.file("/a.m3u8", playlist(address, true));
            assertRefused("/a.m3u8", "it leads to host localhost");
            assertThat(other.asked()).isEmpty();

            LiveSettings allowing =
                    LiveSettings.DEFAULT.with(
                            LiveSettings.DEFAULT_LAG, Map.of("hosts", "localhost"));
            try (LiveStream stream = open(server.address("/a.m3u8"), allowing)) {
                take(stream);
            }
            assertThat(other.asked()).isNotEmpty();
        }
    }

    @Test
    void whatAnotherHostAnswersIsNotUsed() throws Exception {
        try (WebServer other = new WebServer().file("/a.ts", VIDEO)) {
            server.redirect("/r.ts", other.address("/a.ts").replace("127.0.0.1", "localhost"));
            assertRefused("/r.ts", "it leads to host localhost");
        }
        server.redirect("/s.ts", server.address("/a.ts"));
        assertThat(readAll(server.address("/s.ts"))).isEqualTo(50);
    }

    private void assertRefused(String path, String why) throws Exception {
        assertThat(whyNot(server.address(path)))
                .isEqualTo(why + ", which --source-option hosts=HOST would allow");
    }

    private String whyNot(String address) throws Exception {
        try (LiveStream stream = open(address)) {
            while (stream.error() == null) {
                assertThat(stream.next()).isNull();
                assertThat(changes.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            }
            return stream.error();
        }
    }

    private long readAll(String address) throws Exception {
        try (LiveStream stream = open(address)) {
            long pictures = 0;
            while (!stream.isOver()) {
                LivePicture picture = stream.take(stream.next());
                if (picture != null) {
                    picture.close();
                    pictures++;
                } else if (!stream.isOver()) {
                    assertThat(changes.tryAcquire(30, TimeUnit.SECONDS))
                            .as(stream.error())
                            .isTrue();
                }
            }
            return pictures;
        }
    }

    private LivePosition take(LiveStream stream) throws Exception {
        while (true) {
            LivePicture picture = stream.take(stream.next());
            if (picture != null) {
                picture.close();
                return picture.reached();
            }
            assertThat(changes.tryAcquire(30, TimeUnit.SECONDS)).as(stream.error()).isTrue();
        }
    }

    private LiveStream open(String address) {
        return open(address, LiveSettings.DEFAULT);
    }

    private LiveStream open(String address, LiveSettings settings) {
        return new LiveStream(
                "camera", LiveAddress.of(address), settings, LivePosition.START, changes::release);
    }

    private static String playlist(String segment, boolean complete) {
        return "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXTINF:2.0,\n"
                + segment
                + "\n"
                + (complete ? "#EXT-X-ENDLIST\n" : "");
    }
}
