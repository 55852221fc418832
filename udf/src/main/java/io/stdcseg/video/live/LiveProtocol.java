// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Protocol of live streams: how addresses of it begin, and what FFmpeg may do for one.
 *
 * <p>What is not listed is not opened, whatever a playlist or a server asks for: no concatenation,
 * and local files only where the address is one.
 */
public enum LiveProtocol {
    RTSP(
            List.of("rtsp", "rtsps"),
            "rtp,udp,tcp,tls,crypto",
            "rtsp,rtp,sdp",
            10,
            List.of(
                    "rtsp_transport",
                    "reorder_queue_size",
                    "buffer_size",
                    "min_port",
                    "max_port",
                    "user_agent")),
    RTMP(
            List.of("rtmp", "rtmps"),
            "rtmp,rtmps,tcp,tls,crypto",
            "flv,live_flv",
            10,
            List.of("listen", "rtmp_app", "rtmp_playpath", "rtmp_buffer", "rtmp_pageurl")),
    HTTP(
            List.of("http", "https"),
            "http,https,tcp,tls,crypto",
            LiveProtocol.CONTAINERS + ",hls,mpjpeg",
            15,
            List.of("user_agent", "referer", "headers", "cookies", "live_start_index", "hosts")),
    SRT(
            List.of("srt"),
            "srt",
            LiveProtocol.CONTAINERS,
            10,
            List.of("mode", "latency", "passphrase", "pbkeylen", "streamid", "rcvbuf")),
    UDP(
            List.of("udp"),
            "udp",
            LiveProtocol.CONTAINERS,
            10,
            List.of("fifo_size", "overrun_nonfatal", "buffer_size", "localaddr", "sources")),
    TCP(List.of("tcp"), "tcp", LiveProtocol.CONTAINERS, 10, List.of("listen")),
    /** A camera of this machine, by Video4Linux. */
    DEVICE(
            List.of(),
            "file",
            "video4linux2,v4l2",
            10,
            List.of("video_size", "framerate", "input_format")),
    /** A file that another program is still writing. */
    FOLLOW(List.of("follow"), "file", LiveProtocol.CONTAINERS, 10, List.of());

    private static final String CONTAINERS =
            "mpegts,flv,live_flv,matroska,webm,mov,mp4,ogg,mjpeg,h264,hevc,avi,ivf";

    /** Options that every protocol takes. */
    private static final Set<String> COMMON = Set.of("probesize", "analyzeduration", "timeout");

    private final List<String> schemes;
    private final String protocols;
    private final String formats;
    private final Duration timeout;
    private final Set<String> options;

    LiveProtocol(
            List<String> schemes,
            String protocols,
            String formats,
            int timeoutSeconds,
            List<String> options) {
        this.schemes = schemes;
        this.protocols = protocols;
        this.formats = formats;
        this.timeout = Duration.ofSeconds(timeoutSeconds);
        this.options = Set.copyOf(options);
    }

    /** The protocol of addresses that begin with a scheme; null if there is none. */
    static LiveProtocol ofScheme(String scheme) {
        for (LiveProtocol protocol : values()) {
            if (protocol.schemes.contains(scheme.toLowerCase(Locale.ROOT))) {
                return protocol;
            }
        }
        return null;
    }

    /** FFmpeg's protocols that may be used, separated by commas. */
    String protocols() {
        return protocols;
    }

    /** FFmpeg's demuxers that may be used, separated by commas. */
    String formats() {
        return formats;
    }

    /** How long one call of FFmpeg may take where the user does not say. */
    Duration timeout() {
        return timeout;
    }

    /** Whether an option is on the list of those that may be passed. */
    public boolean takes(String option) {
        return COMMON.contains(option) || options.contains(option);
    }

    /** All options that may be passed. */
    public Set<String> options() {
        TreeSet<String> all = new TreeSet<>(COMMON);
        all.addAll(options);
        return all;
    }

    /** Whether every picture is waited for: nothing is lost by reading late. */
    public boolean isLossless() {
        return this == FOLLOW;
    }
}
