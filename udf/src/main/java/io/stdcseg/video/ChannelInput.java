// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * FFmpeg's input from a channel ({@code AVIOContext}), for files that it cannot open itself. Owns
 * the channel. For one thread at a time.
 *
 * <p>JavaCPP has room for ten callbacks of a kind in a process: all inputs share one pair, which is
 * never freed, and FFmpeg hands them the input's number.
 */
final class ChannelInput implements AutoCloseable {

    /** A store takes tens of milliseconds for a request, whatever its length. */
    private static final int BUFFER = 1 << 20;

    private static final int WHENCE_SET = 0;
    private static final int WHENCE_CURRENT = 1;
    private static final int WHENCE_END = 2;

    private static final Map<Long, ChannelInput> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();
    private final String name;
    private final SeekableByteChannel channel;
    private final AVIOContext context;
    private IOException failure;
    private boolean closed;

    /**
     * Begins where the channel is.
     *
     * @param name for messages
     */
    private ChannelInput(String name, SeekableByteChannel channel) {
        this.name = name;
        this.channel = channel;
        Pointer buffer = Ffmpeg.allocated(avutil.av_malloc(BUFFER), "a buffer");
        try {
            this.context =
                    Ffmpeg.allocated(
                            avformat.avio_alloc_context(
                                    new BytePointer(buffer),
                                    BUFFER,
                                    0,
                                    new Number(number),
                                    Callbacks.READ,
                                    null,
                                    Callbacks.SEEK),
                            "an input");
        } catch (RuntimeException | Error e) {
            avutil.av_free(buffer);
            throw e;
        }
        OPEN.put(number, this);
    }

    /**
     * Opens a file and begins at its beginning.
     *
     * @throws InputException if the file is absent or empty
     * @throws UncheckedIOException if its store does not answer
     */
    static ChannelInput open(MediaFile file) {
        try {
            SeekableByteChannel channel = file.open();
            try {
                if (channel.size() == 0) {
                    throw Demuxer.unreadable(file.path(), "the file is empty");
                }
                return new ChannelInput(file.toString(), channel);
            } catch (IOException | RuntimeException | Error e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw Demuxer.unreadable(file.path(), "the file does not exist");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "video " + file + " cannot be read at present: " + e.getMessage(), e);
        }
    }

    AVIOContext context() {
        return context;
    }

    /**
     * To be called after whatever FFmpeg has read: it takes a failure for the end of the file, or
     * for damage.
     *
     * @throws UncheckedIOException if the channel failed
     */
    void check() {
        if (failure != null) {
            throw new UncheckedIOException(
                    "video " + name + " cannot be read at present: " + failure.getMessage(),
                    failure);
        }
    }

    private int read(BytePointer target, int bytes) {
        try {
            int read = channel.read(target.capacity(bytes).asByteBuffer());
            return read <= 0 ? avutil.AVERROR_EOF : read;
        } catch (IOException e) {
            return failed(e);
        } catch (RuntimeException | Error e) { // It must not pass through C.
            return failed(new IOException(e));
        }
    }

    private long seek(long offset, int whence) {
        try {
            if ((whence & avformat.AVSEEK_SIZE) != 0) {
                return channel.size();
            }
            long base =
                    switch (whence & ~avformat.AVSEEK_FORCE) {
                        case WHENCE_SET -> 0;
                        case WHENCE_CURRENT -> channel.position();
                        case WHENCE_END -> channel.size();
                        default -> Long.MIN_VALUE;
                    };
            if (base + offset < 0) {
                return avutil.AVERROR_EINVAL();
            }
            return channel.position(base + offset).position();
        } catch (IOException e) {
            return failed(e);
        } catch (RuntimeException | Error e) { // It must not pass through C.
            return failed(new IOException(e));
        }
    }

    private int failed(IOException e) {
        failure = e;
        return avutil.AVERROR_EXTERNAL;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        OPEN.remove(number);
        avutil.av_free(context.buffer()); // FFmpeg may have taken another one since.
        avformat.avio_context_free(context);
        try {
            channel.close();
        } catch (IOException e) {
            // Everything that was wanted has been read.
        }
    }

    /** A number where C keeps a pointer. */
    private static final class Number extends Pointer {

        Number(long number) {
            address = number;
        }
    }

    /** What FFmpeg calls. */
    private static final class Callbacks {

        static final Read_packet_Pointer_BytePointer_int READ =
                new Read_packet_Pointer_BytePointer_int() {
                    @Override
                    public int call(Pointer number, BytePointer target, int bytes) {
                        return OPEN.get(number.address()).read(target, bytes);
                    }
                };

        static final Seek_Pointer_long_int SEEK =
                new Seek_Pointer_long_int() {
                    @Override
                    public long call(Pointer number, long offset, int whence) {
                        return OPEN.get(number.address()).seek(offset, whence);
                    }
                };
    }
}
