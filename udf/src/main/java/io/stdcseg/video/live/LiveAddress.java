// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Address of a live stream. Only FFmpeg is given all of it; texts and names show it without
 * credentials.
 *
 * @param full as the user wrote it
 */
public record LiveAddress(String full, LiveProtocol protocol) implements Serializable {

    private static final Pattern ADDRESS =
            Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://(.*)", Pattern.DOTALL);
    private static final Pattern DEVICE = Pattern.compile("/dev/video\\d+");
    private static final Pattern FOLLOWED = Pattern.compile("follow:(/.*)", Pattern.DOTALL);
    private static final Pattern ENDING = Pattern.compile("\\.(m3u8|ts|mp4|flv|mkv|mjpe?g|sdp)$");
    private static final Pattern SECRET =
            Pattern.compile(
                    ".*(pass|pwd|secret|token|key|auth|sig|user|usr|login|cred|session|sid|hash"
                            + "|hmac|code|jwt|access|nonce|streamid).*");

    /** Longer values than names and numbers of cameras are taken for secrets. */
    private static final int LONGEST_VALUE = 16;

    private static final int LONGEST_NAME = 80;
    private static final String HIDDEN = "***";

    /** The address that a source is; null if it is none. */
    public static LiveAddress of(String source) {
        if (DEVICE.matcher(source).matches()) {
            return new LiveAddress(source, LiveProtocol.DEVICE);
        }
        if (FOLLOWED.matcher(source).matches()) {
            return new LiveAddress(source, LiveProtocol.FOLLOW);
        }
        Matcher matcher = ADDRESS.matcher(source);
        LiveProtocol protocol = matcher.matches() ? LiveProtocol.ofScheme(matcher.group(1)) : null;
        return protocol == null ? null : new LiveAddress(source, protocol);
    }

    /** The address of a file that is still growing. */
    public static LiveAddress follow(String absolutePath) {
        return new LiveAddress("follow:" + absolutePath, LiveProtocol.FOLLOW);
    }

    /** Whether a source is the address of a live stream. */
    public static boolean isLive(String source) {
        return of(source) != null;
    }

    /** Without credentials: no user, no value of the query that looks like a secret. */
    public String shown() {
        if (isLocal()) {
            return full;
        }
        String query = query();
        String shown = scheme() + "://" + host() + path();
        return query.isEmpty()
                ? shown
                : shown
                        + "?"
                        + Arrays.stream(query.split("&"))
                                .map(LiveAddress::withoutSecret)
                                .collect(Collectors.joining("&"));
    }

    /** Host and path in characters that are safe in names of files. */
    public String name() {
        String text = isLocal() ? full.substring(full.lastIndexOf('/') + 1) : host() + path();
        String name =
                ENDING.matcher(text)
                        .replaceFirst("")
                        .replaceAll("[^A-Za-z0-9._-]+", "-")
                        .replaceAll("^[-.]+|[-.]+$", "");
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    /** What FFmpeg opens. */
    String url() {
        return protocol == LiveProtocol.FOLLOW ? "file:" + followed() : full;
    }

    /** The path of a file that grows. */
    String followed() {
        return full.substring("follow:".length());
    }

    /** The host without its port, in small letters; empty where there is none. */
    static String hostOf(String url) {
        LiveAddress address = new LiveAddress(url, null);
        if (!ADDRESS.matcher(url).matches()) {
            return "";
        }
        return address.host().replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    }

    private boolean isLocal() {
        return protocol == LiveProtocol.DEVICE || protocol == LiveProtocol.FOLLOW;
    }

    private String scheme() {
        return full.substring(0, full.indexOf("://"));
    }

    private String rest() {
        String rest = full.substring(full.indexOf("://") + 3);
        int fragment = rest.indexOf('#');
        return fragment < 0 ? rest : rest.substring(0, fragment);
    }

    private String beforeQuery() {
        String rest = rest();
        int query = rest.indexOf('?');
        String before = query < 0 ? rest : rest.substring(0, query);
        int end = before.indexOf('/');
        String authority = end < 0 ? before : before.substring(0, end);
        // A password may hold a slash, which FFmpeg would not understand; it is hidden all the
        // same.
        boolean port = authority.matches("[^@]*(:\\d*)?") && !authority.matches("[^\\[]*:\\D.*");
        int at = port ? authority.lastIndexOf('@') : before.lastIndexOf('@');
        return before.substring(at + 1);
    }

    private String host() {
        String before = beforeQuery();
        int end = before.indexOf('/');
        return end < 0 ? before : before.substring(0, end);
    }

    private String path() {
        String before = beforeQuery();
        int end = before.indexOf('/');
        return end < 0 ? "" : before.substring(end);
    }

    private String query() {
        String rest = rest();
        int query = rest.indexOf('?');
        return query < 0 ? "" : rest.substring(query + 1);
    }

    private static String withoutSecret(String parameter) {
        int equals = parameter.indexOf('=');
        String key = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        if (equals < 0) {
            return key.length() > LONGEST_VALUE ? HIDDEN : key;
        }
        boolean secret =
                value.length() > LONGEST_VALUE
                        || SECRET.matcher(key.toLowerCase(Locale.ROOT)).matches();
        return key + "=" + (secret ? HIDDEN : value);
    }

    @Override
    public String toString() {
        return shown();
    }
}
