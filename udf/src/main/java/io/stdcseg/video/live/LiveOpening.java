// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import io.stdcseg.error.InputException;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegLibraries;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** Opening of live addresses: with what each protocol needs, and nothing that it does not. */
final class LiveOpening {

    /**
     * {@code AVFMT_FLAG_NONBLOCK}, which JavaCPP leaves out: a camera must not hang in its driver.
     */
    private static final int NONBLOCK = 0x0004;

    private LiveOpening() {}

    /** The guard that a connection to an address needs. */
    static CallGuard guard(LiveAddress address, LiveSettings settings) {
        // Who waits for a file to grow may wait for long.
        return new CallGuard(
                address.protocol() == LiveProtocol.FOLLOW
                        ? null
                        : settings.timeout(address.protocol()),
                address.protocol() == LiveProtocol.HTTP
                        ? new HostCheck(address, settings.hosts())
                        : url -> true);
    }

    /**
     * Connects.
     *
     * @throws InputException if nobody answers, or nothing of a known format; one line without the
     *     address
     */
    static AVFormatContext open(LiveAddress address, LiveSettings settings, CallGuard guard) {
        FfmpegLibraries.load();
        if (address.protocol() == LiveProtocol.DEVICE) {
            avdevice.avdevice_register_all();
        }
        AVFormatContext opened = Ffmpeg.allocated(avformat.avformat_alloc_context(), "a demuxer");
        guard.watch(opened);
        if (address.protocol() == LiveProtocol.HTTP) {
            HostCheck.install(opened);
        }
        AVDictionary options = new AVDictionary(null);
        try (BytePointer url = new BytePointer(address.url())) {
            LiveOptions.of(address.protocol(), settings)
                    .forEach((name, value) -> avutil.av_dict_set(options, name, value, 0));
            AVInputFormat format = null;
            if (address.protocol() == LiveProtocol.DEVICE) {
                format = avformat.av_find_input_format("video4linux2");
                opened.flags(opened.flags() | NONBLOCK);
            }
            guard.begin();
            int result = avformat.avformat_open_input(opened, url, format, options);
            if (result < 0) {
                throw failure(result, guard);
            }
            return opened;
        } finally {
            avutil.av_dict_free(options);
        }
    }

    /** Why a call gave nothing, in one line without the address. */
    static InputException failure(int result, CallGuard guard) {
        if (guard.refusedHost() != null) {
            return new InputException(
                    "it leads to "
                            + (guard.refusedHost().isEmpty()
                                    ? "what is no host"
                                    : "host " + guard.refusedHost())
                            + ", which --source-option hosts=HOST would allow");
        }
        if (guard.wasLate()) {
            return new InputException("no answer for " + guard.limit().toMillis() / 1000.0 + " s");
        }
        if (result == avutil.AVERROR_EOF) {
            return new InputException("it ended");
        }
        return new InputException(result < 0 ? Ffmpeg.message(result) : "it gives no pictures");
    }
}
