// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.error.InputException;
import io.stdcseg.file.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntPredicate;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** Demuxer: an open media file that gives packets. Owned by one thread at a time. */
public final class Demuxer implements AutoCloseable {

    private final MediaFile file;
    private final ChannelInput input;
    private final AVFormatContext context;
    private int failure;
    private boolean closed;

    private Demuxer(MediaFile file, ChannelInput input) {
        this.file = file;
        this.input = input;
        this.context = openInput();
    }

    /**
     * Opens the file and finds out what it holds.
     *
     * @throws InputException if the file is absent, empty or of no known kind
     * @throws java.io.UncheckedIOException if its store does not answer
     */
    public static Demuxer open(Path file) {
        return open(MediaFile.of(file));
    }

    /** The same, however its bytes are reached. */
    public static Demuxer open(MediaFile file) {
        FfmpegLibraries.load();
        ChannelInput input = null;
        if (file.isNative()) {
            requireReadable(file.path());
        } else {
            input = ChannelInput.open(file);
        }
        Demuxer demuxer = null;
        try {
            demuxer = new Demuxer(file, input);
            demuxer.findStreams();
            return demuxer;
        } catch (RuntimeException | Error e) {
            if (demuxer != null) {
                demuxer.close();
            } else if (input != null) {
                input.close();
            }
            throw e;
        }
    }

    private AVFormatContext openInput() {
        AVFormatContext opened = new AVFormatContext(null);
        AVDictionary options = new AVDictionary(null);
        try (BytePointer url = FfmpegTypes.url(file.path())) {
            // A file name with a per cent sign is one picture, not the pattern of a series.
            avutil.av_dict_set(options, "pattern_type", "none", 0);
            if (input != null) {
                opened =
                        Ffmpeg.allocated(avformat.avformat_alloc_context(), "a demuxer")
                                .pb(input.context());
            }
            int code = avformat.avformat_open_input(opened, url, null, options);
            if (code < 0) {
                checkInput();
                throw unreadable(file.path(), "not a video or incomplete: " + Ffmpeg.message(code));
            }
            return opened;
        } finally {
            avutil.av_dict_free(options);
        }
    }

    private void findStreams() {
        int code = avformat.avformat_find_stream_info(context, (AVDictionary) null);
        checkInput();
        if (code < 0) {
            throw unreadable(file.path(), Ffmpeg.message(code));
        }
    }

    private void checkInput() {
        if (input != null) {
            input.check();
        }
    }

    /** The one line that says why a file cannot be read. */
    public static InputException unreadable(Path file, String reason) {
        return new InputException("video " + file + " cannot be read: " + reason);
    }

    /** What is demuxed. */
    public MediaFile file() {
        return file;
    }

    public AVFormatContext context() {
        return context;
    }

    public AVStream stream(int index) {
        return context.streams(index);
    }

    public int streams() {
        return context.nb_streams();
    }

    /** Index of the stream a player would show, or a negative number if none is a video. */
    public int bestVideo() {
        return bestVideo(context);
    }

    /** The same of any open context. */
    public static int bestVideo(AVFormatContext context) {
        // Cover art is a picture in an audio file, not a video.
        int best =
                avformat.av_find_best_stream(
                        context, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (best >= 0
                && (context.streams(best).disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC)
                        != 0) {
            return -1;
        }
        return best;
    }

    /** Lets the file give packets of these streams only; the others are not even parsed. */
    public void select(IntPredicate wanted) {
        for (int i = 0; i < streams(); i++) {
            stream(i).discard(wanted.test(i) ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
        }
    }

    /**
     * Reads the next packet; the caller unreferences it.
     *
     * @return false at the end, and where the file cannot be read further ({@link #failure()})
     * @throws java.io.UncheckedIOException if the file's store does not answer
     */
    public boolean read(AVPacket packet) {
        int code;
        do {
            code = avformat.av_read_frame(context, packet);
        } while (code == avutil.AVERROR_EAGAIN());
        checkInput();
        if (code < 0 && code != avutil.AVERROR_EOF) {
            failure = code;
        }
        return code >= 0;
    }

    /** FFmpeg's code for why reading ended before the end of the file; 0 if it did not. */
    public int failure() {
        return failure;
    }

    /** Goes to the stream's beginning. */
    public void seekStart(int stream) {
        long start = stream(stream).start_time();
        seek(stream, start == avutil.AV_NOPTS_VALUE ? 0 : start - 1);
    }

    /** Goes to a key frame at or before {@code pts} of the stream; to the first if none is. */
    public void seek(int stream, long pts) {
        long lowest = Long.MIN_VALUE;
        int code = avformat.avformat_seek_file(context, stream, lowest, pts, pts, 0);
        if (code < 0) {
            code = avformat.avformat_seek_file(context, stream, lowest, pts, Long.MAX_VALUE, 0);
        }
        checkInput();
        if (code < 0) {
            throw unreadable(
                    file.path(), "no position can be sought in it: " + Ffmpeg.message(code));
        }
        failure = 0;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            avformat.avformat_close_input(context);
            if (input != null) {
                input.close();
            }
        }
    }

    private static void requireReadable(Path file) {
        try {
            String misnamed = FileNames.whyMisnamed(file);
            if (misnamed != null) {
                throw unreadable(file, misnamed);
            }
            if (!Files.exists(file)) {
                throw unreadable(file, "the file does not exist");
            }
            if (Files.isDirectory(file)) {
                throw unreadable(file, "it is a directory");
            }
            if (!Files.isRegularFile(file)) {
                throw unreadable(file, "it is a pipe or device; a file is needed");
            }
            if (!Files.isReadable(file)) {
                throw unreadable(file, "reading it is not permitted");
            }
            if (Files.size(file) == 0) {
                throw unreadable(file, "the file is empty");
            }
        } catch (IOException e) {
            throw new InputException("video " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
