// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveAddressTest {

    @ParameterizedTest
    @CsvSource({
        "rtsp://camera/1, rtsp://camera/1, camera-1",
        "rtsp://me:secret@camera:554/1, rtsp://camera:554/1, camera-554-1",
        "rtsp://me:se@cret@camera/1, rtsp://camera/1, camera-1",
        "rtsp://me:se/secret@camera/1, rtsp://camera/1, camera-1",
        "RTSP://secret@Camera/1, RTSP://Camera/1, Camera-1",
        "http://host/a.m3u8?channel=1&token=secret, http://host/a.m3u8?channel=1&token=***, host-a",
        "http://host/a?x=abcdefghijklmnopqrsecret, http://host/a?x=***, host-a",
        "http://host/@live/a?PassWord=secret#secret, http://host/@live/a?PassWord=***, host-live-a",
        "http://host?u=1:2@3, http://host?u=1:2@3, host",
        "srt://[::1]:9000?streamid=secret&passphrase=secret,"
                + " srt://[::1]:9000?streamid=***&passphrase=***, 1-9000",
        "udp://239.0.0.1:1234, udp://239.0.0.1:1234, 239.0.0.1-1234",
        "rtmp://host/app/camera, rtmp://host/app/camera, host-app-camera",
        "/dev/video0, /dev/video0, video0",
        "follow:/data/a.ts, follow:/data/a.ts, a",
    })
    void isShownAndNamedWithoutCredentials(String full, String shown, String name) {
        LiveAddress address = LiveAddress.of(full);

        assertThat(address.shown()).isEqualTo(shown).doesNotContain("secret");
        assertThat(address).hasToString(shown);
        assertThat(address.name()).isEqualTo(name).matches("[A-Za-z0-9._-]+");
        assertThat(address.url()).isEqualTo(full.replace("follow:", "file:"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "video.mp4",
                "/data/video.mp4",
                "s3://bucket/a.mp4",
                "file:/a.mp4",
                "/dev/null",
                "concat:a|b",
                "C:\\a.mp4"
            })
    void whatIsNoLiveStreamIsNone(String source) {
        assertThat(LiveAddress.isLive(source)).isFalse();
    }

    @Test
    void hostsAreFoundBehindUsersAndBeforePorts() {
        assertThat(LiveAddress.hostOf("http://me:secret@Host.example:8080/a?b@c"))
                .isEqualTo("host.example");
        assertThat(LiveAddress.hostOf("file:/etc/passwd")).isEmpty();
        assertThat(LiveAddress.hostOf("http://host\\@evil/")).isNotEqualTo("host");
    }

    @Test
    void optionsAreThoseOfAList() {
        List<LiveAddress> cameras = List.of(LiveAddress.of("rtsp://camera/1"));

        LiveSettings.requireTaken(Map.of("rtsp_transport", "udp"), cameras);
        assertThatThrownBy(
                        () ->
                                LiveSettings.requireTaken(
                                        Map.of("protocol_whitelist", "file"), cameras))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--source-option protocol_whitelist is not one of analyzeduration,"
                                + " buffer_size, max_port, min_port, probesize, reorder_queue_size,"
                                + " rtsp_transport, timeout, user_agent, which these sources take");
        assertThatThrownBy(() -> LiveSettings.requireTaken(Map.of("timeout", "3"), List.of()))
                .hasMessage("--source-option timeout needs a live source; none is given");
    }

    @Test
    void optionsOfACameraOfThisMachineReachFfmpeg() {
        LiveAddress camera = LiveAddress.of("/dev/video0");
        Map<String, String> options =
                Map.of("input_format", "mjpeg", "video_size", "640x480", "framerate", "30");

        LiveSettings.requireTaken(options, List.of(camera));
        assertThat(
                        LiveOptions.of(
                                camera.protocol(),
                                LiveSettings.DEFAULT.with(LiveSettings.DEFAULT_LAG, options)))
                .containsAllEntriesOf(options);
    }
}
