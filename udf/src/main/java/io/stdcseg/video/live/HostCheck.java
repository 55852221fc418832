// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVFormatContext.Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Check of hosts: a playlist leads to segments, keys and other playlists, and none of them may be
 * on another host than the one that the user named. FFmpeg asks before it opens any.
 *
 * <p>A server that redirects is found out behind its answer, of which nothing is used.
 */
final class HostCheck implements CallGuard.UrlCheck {

    private final Set<String> hosts = new TreeSet<>();

    HostCheck(LiveAddress address, String more) {
        hosts.add(LiveAddress.hostOf(address.full()));
        for (String host : more.split(",")) {
            hosts.add(host.strip());
        }
        hosts.remove("");
    }

    @Override
    public boolean allows(String url) {
        String inner = url.startsWith("crypto+") ? url.substring("crypto+".length()) : url;
        return hosts.contains(LiveAddress.hostOf(inner));
    }

    /** Lets FFmpeg ask the context's guard for every address that it opens. */
    static void install(AVFormatContext context) {
        synchronized (Callbacks.class) {
            if (Callbacks.opener == null) {
                // That of FFmpeg itself, which has no other name; the same for every context.
                Callbacks.opener = context.io_open();
            }
        }
        context.io_open(Callbacks.OPEN);
    }

    /** What FFmpeg calls. */
    private static final class Callbacks {

        static Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer opener;

        static final Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer OPEN =
                new Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer() {
                    @Override
                    public int call(
                            AVFormatContext context,
                            PointerPointer target,
                            BytePointer url,
                            int flags,
                            PointerPointer options) {
                        CallGuard guard = CallGuard.of(context.opaque());
                        if (guard == null || !guard.allows(url.getString())) {
                            return avutil.AVERROR_INVALIDDATA;
                        }
                        int code = opener.call(context, target, url, flags, options);
                        if (code >= 0) {
                            AVIOContext opened = new AVIOContext(target.get(0));
                            String location = location(opened);
                            if (location != null && !guard.allows(location)) {
                                avformat.avio_closep(target);
                                return avutil.AVERROR_INVALIDDATA;
                            }
                        }
                        return code;
                    }
                };

        private static String location(AVIOContext opened) {
            try (BytePointer name = new BytePointer("location");
                    PointerPointer<BytePointer> value = new PointerPointer<BytePointer>(1)) {
                value.put(0, (BytePointer) null);
                avutil.av_opt_get(opened, name, avutil.AV_OPT_SEARCH_CHILDREN, value);
                BytePointer found = value.get(BytePointer.class, 0);
                String location = found == null ? null : found.getString();
                avutil.av_free(found);
                return location;
            }
        }
    }
}
