// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import io.stdcseg.video.MediaFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/**
 * Truncated video files: those that are shorter than they say themselves. FFmpeg reports that of
 * MP4; the ends of AVI and Matroska files it takes as they come. Other containers do not say how
 * long they are.
 */
final class TruncatedFile {

    private static final int HEAD = 4096;
    private static final int EBML = 0x1A45DFA3;
    private static final int SEGMENT = 0x18538067;
    private static final int RIFF = 0x52494646;
    private static final int AVI = 0x41564920;
    private static final int AVIX = 0x41564958;
    private static final long UNKNOWN = -1;

    private TruncatedFile() {}

    /** Whether the file ends before its container does; not so where that cannot be told. */
    static boolean isTruncated(MediaFile file) {
        if (!file.isRegular()) {
            return false;
        }
        try (SeekableByteChannel channel = file.open()) {
            ByteBuffer head = read(channel, 0, HEAD).clear(); // A short file's rest is zero.
            return switch (head.getInt(0)) {
                case EBML -> matroskaEnd(head) > channel.size();
                case RIFF -> isTruncatedAvi(channel);
                default -> false;
            };
        } catch (IOException e) {
            return false;
        }
    }

    private static ByteBuffer read(SeekableByteChannel channel, long position, int bytes)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        channel.position(position);
        int more = 0;
        while (buffer.hasRemaining() && more >= 0) {
            more = channel.read(buffer);
        }
        return buffer.flip();
    }

    /** Where the segment behind the EBML header ends. */
    private static long matroskaEnd(ByteBuffer head) {
        head.position(Integer.BYTES);
        long header = ebmlSize(head);
        if (header == UNKNOWN || header > head.remaining() - 12) {
            return UNKNOWN;
        }
        head.position(head.position() + (int) header);
        if (head.getInt() != SEGMENT) {
            return UNKNOWN;
        }
        long segment = ebmlSize(head);
        return segment == UNKNOWN ? UNKNOWN : head.position() + segment;
    }

    /** An EBML size, whose first byte's leading zeros say how many bytes follow. */
    private static long ebmlSize(ByteBuffer from) {
        int first = from.get() & 0xff;
        int more = Integer.numberOfLeadingZeros(first) - 24;
        if (more >= Long.BYTES) {
            return UNKNOWN;
        }
        long value = first & (0x7f >> more);
        boolean ones = value == 0x7f >> more;
        for (int i = 0; i < more; i++) {
            int next = from.get() & 0xff;
            ones &= next == 0xff;
            value = value << 8 | next;
        }
        return ones ? UNKNOWN : value; // A live recording's length is all ones.
    }

    /** Long AVI files are several RIFF chunks, one behind the other. */
    private static boolean isTruncatedAvi(SeekableByteChannel channel) throws IOException {
        long position = 0;
        while (position < channel.size()) {
            ByteBuffer part = read(channel, position, 12);
            if (part.remaining() < 12 || part.getInt(0) != RIFF) {
                return false;
            }
            int form = part.getInt(8);
            long size = part.order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xffffffffL;
            if ((form != AVI && form != AVIX) || size == 0) {
                return false; // Who was killed while recording has not filled it in.
            }
            if (position + 8 + size > channel.size()) {
                return true;
            }
            position += 8 + size + (size & 1);
        }
        return false;
    }
}
