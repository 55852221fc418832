// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Options that FFmpeg gets for a stream: what each protocol needs, then what the user says. */
final class LiveOptions {

    /** How much of a stream is looked at to find out what it is. */
    static final Duration ANALYSIS = Duration.ofSeconds(2);

    private LiveOptions() {}

    /** All of them, by FFmpeg's names. */
    static Map<String, String> of(LiveProtocol protocol, LiveSettings settings) {
        TreeMap<String, String> options = new TreeMap<>();
        options.put("protocol_whitelist", protocol.protocols());
        options.put("format_whitelist", protocol.formats());
        options.put("analyzeduration", Long.toString(micros(ANALYSIS)));
        String timeout = Long.toString(micros(settings.timeout(protocol)));
        switch (protocol) {
            case RTSP -> {
                // Through the connection first: cameras behind routers do not reach us by UDP.
                options.put("rtsp_flags", "prefer_tcp");
                options.put("allowed_media_types", "video");
                options.put("timeout", timeout);
            }
            case RTMP -> options.put("rtmp_live", "live");
            case HTTP -> {
                options.put("rw_timeout", timeout);
                options.put("reconnect", "0");
                // Each piece of a playlist by a request of its own, of which we are asked.
                options.put("http_persistent", "0");
                options.put("http_multiple", "0");
                options.put("extension_picky", "0");
                options.put("allowed_extensions", "ALL");
            }
            case UDP -> {
                options.put("timeout", timeout);
                options.put("overrun_nonfatal", "1");
                options.put("fifo_size", "57344");
            }
            case SRT, TCP -> options.put("timeout", timeout);
            case FOLLOW -> {
                options.put("follow", "1");
                // Who looks at its end for its length would wait there.
                options.put("seekable", "0");
            }
            case DEVICE -> {}
        }
        options.putAll(settings.passed(protocol));
        return options;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
