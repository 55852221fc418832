// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import io.stdcseg.error.InputException;
import io.stdcseg.video.encode.VideoFormat;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Settings of live streams.
 *
 * @param lag age beyond which frames that wait are left out
 * @param options for FFmpeg, by name; each is on the list of a protocol
 * @param every one picture of this many becomes a frame
 * @param fromMicros time after a stream's first picture before which pictures are passed over
 * @param toMicros time after a stream's first picture at which the stream ends; {@link
 *     Long#MAX_VALUE} for never
 * @param motion whether the motion between pictures is told
 * @param written format that pictures are written in, which has to take their size; null where they
 *     are not
 */
public record LiveSettings(
        Duration lag,
        Map<String, String> options,
        int every,
        long fromMicros,
        long toMicros,
        boolean motion,
        VideoFormat written)
        implements Serializable {

    /** Default of {@link #lag}. */
    public static final Duration DEFAULT_LAG = Duration.ofSeconds(2);

    public static final LiveSettings DEFAULT =
            new LiveSettings(DEFAULT_LAG, Map.of(), 1, 0, Long.MAX_VALUE);

    /** Without motion, and not written. */
    public LiveSettings(
            Duration lag, Map<String, String> options, int every, long fromMicros, long toMicros) {
        this(lag, options, every, fromMicros, toMicros, false, null);
    }

    public LiveSettings {
        options = Map.copyOf(options);
    }

    /** The same pictures with another lag and other options. */
    public LiveSettings with(Duration newLag, Map<String, String> newOptions) {
        return new LiveSettings(newLag, newOptions, every, fromMicros, toMicros, motion, written);
    }

    /** The same for other pictures. */
    public LiveSettings selecting(int n, long newFromMicros, long newToMicros) {
        return new LiveSettings(lag, options, n, newFromMicros, newToMicros, motion, written);
    }

    /** The same with or without motion. */
    public LiveSettings withMotion(boolean wanted) {
        return new LiveSettings(lag, options, every, fromMicros, toMicros, wanted, written);
    }

    /** The same where pictures are written so; null where they are not. */
    public LiveSettings writtenAs(VideoFormat format) {
        return new LiveSettings(lag, options, every, fromMicros, toMicros, motion, format);
    }

    /**
     * Refuses options that none of the streams' protocols takes.
     *
     * @throws InputException that names the option and what is allowed
     */
    public static void requireTaken(
            Map<String, String> options, Collection<LiveAddress> addresses) {
        TreeSet<String> allowed = new TreeSet<>();
        addresses.forEach(address -> allowed.addAll(address.protocol().options()));
        for (String option : options.keySet()) {
            if (addresses.isEmpty()) {
                throw new InputException(
                        "--source-option " + option + " needs a live source; none is given");
            }
            if (!allowed.contains(option)) {
                throw new InputException(
                        "--source-option "
                                + option
                                + " is not one of "
                                + String.join(", ", allowed)
                                + ", which these sources take");
            }
        }
    }

    /** Those of the options that a protocol takes and FFmpeg knows. */
    Map<String, String> passed(LiveProtocol protocol) {
        TreeMap<String, String> passed = new TreeMap<>();
        options.forEach(
                (name, value) -> {
                    boolean ours = name.equals("timeout") || name.equals("hosts");
                    if (protocol.takes(name) && !ours) {
                        passed.put(name, value);
                    }
                });
        return passed;
    }

    /** Whether it is not said how a stream comes, so that the other way may be tried, too. */
    boolean maySwitchTransport(LiveProtocol protocol) {
        return protocol == LiveProtocol.RTSP && !options.containsKey("rtsp_transport");
    }

    /** The same, for RTSP by UDP. */
    LiveSettings byUdp() {
        TreeMap<String, String> all = new TreeMap<>(options);
        all.put("rtsp_transport", "udp");
        return with(lag, all);
    }

    /** How long one call of FFmpeg may take. */
    Duration timeout(LiveProtocol protocol) {
        String seconds = options.get("timeout");
        if (seconds == null) {
            return protocol.timeout();
        }
        try {
            return Duration.ofMillis(Math.max(100, Math.round(Double.parseDouble(seconds) * 1000)));
        } catch (NumberFormatException e) {
            throw new InputException(
                    "--source-option timeout=" + seconds + " is not a number of seconds", e);
        }
    }

    /** Hosts beside the stream's own that its playlist may lead to, separated by commas. */
    String hosts() {
        return options.getOrDefault("hosts", "");
    }
}
