// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.video.FfmpegLibraries;
import io.stdcseg.video.VideoCodec;
import io.stdcseg.video.convert.PictureResize;
import io.stdcseg.video.encode.SegmentEncoder.Options;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.global.avcodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Choice of an encoder: the first one of this build of FFmpeg that writes a format in a size. All
 * segments of a stream need the same one, so what does not work once is not tried again.
 */
public final class EncoderChoice {

    private static final Logger LOG = LoggerFactory.getLogger(EncoderChoice.class);

    private static final Map<VideoEncoder, Boolean> WORKING = new ConcurrentHashMap<>();

    /** A size that every encoder takes. */
    private static final StreamInfo USUAL_SIZE =
            new StreamInfo(
                    "usual",
                    "nothing",
                    640,
                    360,
                    0,
                    new Rational(1, 25),
                    new Rational(25, 1),
                    new Rational(1, 1),
                    ColorMetadata.UNSPECIFIED);

    private EncoderChoice() {}

    /**
     * Makes sure that a codec that was asked for has an encoder.
     *
     * @throws InputException if it has not; one line that names those that have
     */
    public static void check(VideoFormat format) {
        if (format.codec() != null && !hasEncoder(format.codec())) {
            throw new InputException(
                    "--codec "
                            + format.codec()
                            + " has no encoder in this build of FFmpeg that works here; those that"
                            + " have are "
                            + VideoFormat.names(
                                    Stream.of(VideoCodec.values())
                                            .filter(EncoderChoice::hasEncoder)));
        }
    }

    private static boolean hasEncoder(VideoCodec codec) {
        return encoders(codec).anyMatch(EncoderChoice::works);
    }

    private static Stream<VideoEncoder> encoders(VideoCodec codec) {
        return Stream.of(VideoEncoder.values()).filter(encoder -> encoder.codec() == codec);
    }

    private static boolean works(VideoEncoder encoder) {
        FfmpegLibraries.load();
        return WORKING.computeIfAbsent(
                encoder,
                any -> {
                    AVCodecContext codec = encoder.tryOpen(USUAL_SIZE, Options.DEFAULT);
                    if (codec == null) {
                        return false;
                    }
                    avcodec.avcodec_free_context(codec);
                    return true;
                });
    }

    /** Whether pictures of the stream's size can be written, as many of their rows as are. */
    public static boolean takes(StreamInfo info, VideoFormat format) {
        boolean smaller = format.height() != null && format.height() < info.displayHeight();
        StreamInfo written = smaller ? PictureResize.resized(info, format.height()) : info;
        Opened opened = tryOpen(written, Options.DEFAULT.withFormat(format));
        if (opened == null) {
            return false;
        }
        avcodec.avcodec_free_context(opened.context());
        return true;
    }

    /**
     * Opens the first encoder that takes the stream's size; the caller frees it.
     *
     * @throws InputException if none does
     */
    static Opened open(StreamInfo info, Options options) {
        check(options.format());
        Opened opened = tryOpen(info, options);
        if (opened != null) {
            return opened;
        }
        throw new InputException(
                "video of stream "
                        + info.name()
                        + " cannot be written: no encoder for "
                        + VideoFormat.names(options.format().candidates().stream())
                        + " takes "
                        + info.width()
                        + "x"
                        + info.height());
    }

    /** Null if no encoder takes the size. */
    private static Opened tryOpen(StreamInfo info, Options options) {
        for (VideoCodec codec : options.format().candidates()) {
            for (VideoEncoder encoder : encoders(codec).filter(EncoderChoice::works).toList()) {
                AVCodecContext context = encoder.tryOpen(info, options);
                if (context != null) {
                    LOG.debug("{} is written by {}", info.name(), encoder);
                    return new Opened(encoder, context);
                }
            }
        }
        return null;
    }

    /** An encoder, open. */
    record Opened(VideoEncoder encoder, AVCodecContext context) {}
}
