// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.stdcseg.frame.Rational;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Fragmented MP4 file of one track as the two things that streaming wants of it (ISO/IEC 14496-12):
 * the header, which says how pictures are coded, and the fragments, which may begin at another
 * time. Nothing is decoded. The files are those of {@link SegmentEncoder}.
 */
public final class FragmentedMp4 {

    private static final int BOX_HEADER = 8;
    private static final int LARGE_BOX_HEADER = 16;
    private static final int FULL_BOX_HEADER = BOX_HEADER + 4;
    private static final int LARGEST_HEADER = 1 << 20;

    private final Path file;

    public FragmentedMp4(Path file) {
        this.file = file;
    }

    /**
     * The boxes before the first fragment: equal for all segments whose pictures are coded alike.
     *
     * @throws IOException if the file cannot be read, or has no such header
     */
    public byte[] header() throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        try (DataInputStream in = open()) {
            for (Box box; (box = Box.read(in)) != null && !box.is("moof"); ) {
                if (box.size() > LARGEST_HEADER) {
                    throw new IOException(file + " is no fragmented MP4 file");
                }
                box.copy(in, header);
            }
        }
        return header.toByteArray();
    }

    /**
     * Copies the fragments, so that the first picture is shown at a time given and all others as
     * long after it as they are now.
     *
     * @param begin ticks of {@code timeBase}, at least 0
     */
    public void copyFragments(long begin, Rational timeBase, OutputStream out) throws IOException {
        long ticks = inTicks(begin, timeBase, timescale(header()));
        Long first = null;
        try (DataInputStream in = open()) {
            for (Box box; (box = Box.read(in)) != null; ) {
                if (box.is("moof")) {
                    ByteBuffer fragment = box.content(in);
                    int time = find(fragment, "traf", "tfdt");
                    first = first == null ? readTime(fragment, time) : first;
                    writeTime(fragment, time, readTime(fragment, time) - first + ticks);
                    out.write(fragment.array());
                } else if (box.is("mdat")) {
                    box.copy(in, out);
                } else {
                    // What stands before fragments is the header, what stands behind an index of
                    // places in this file.
                    in.skipNBytes(box.size() - box.header().length);
                }
            }
        }
    }

    private DataInputStream open() throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    }

    private static long inTicks(long time, Rational timeBase, long timescale) {
        BigInteger ticks =
                BigInteger.valueOf(time)
                        .multiply(BigInteger.valueOf(timeBase.numerator()))
                        .multiply(BigInteger.valueOf(timescale));
        BigInteger half = BigInteger.valueOf(timeBase.denominator() / 2);
        return ticks.add(half).divide(BigInteger.valueOf(timeBase.denominator())).longValueExact();
    }

    /** Ticks per second of the header's track. */
    private long timescale(byte[] header) throws IOException {
        ByteBuffer boxes = ByteBuffer.wrap(header);
        for (int at = 0; at < header.length; at += boxes.getInt(at)) {
            if (type(boxes, at).equals("moov")) {
                ByteBuffer movie = boxes.slice(at, boxes.getInt(at));
                int media = find(movie, "trak", "mdia", "mdhd");
                boolean wide = movie.get(media + BOX_HEADER) == 1;
                return movie.getInt(media + FULL_BOX_HEADER + 2 * (wide ? 8 : 4));
            }
        }
        throw new IOException(file + " is no fragmented MP4 file");
    }

    private static long readTime(ByteBuffer fragment, int tfdt) {
        return wide(fragment, tfdt)
                ? fragment.getLong(tfdt + FULL_BOX_HEADER)
                : Integer.toUnsignedLong(fragment.getInt(tfdt + FULL_BOX_HEADER));
    }

    private void writeTime(ByteBuffer fragment, int tfdt, long time) throws IOException {
        if (wide(fragment, tfdt)) {
            fragment.putLong(tfdt + FULL_BOX_HEADER, time);
        } else if (time >> Integer.SIZE == 0) {
            fragment.putInt(tfdt + FULL_BOX_HEADER, (int) time);
        } else {
            throw new IOException(file + " has no room for the time " + time);
        }
    }

    private static boolean wide(ByteBuffer fragment, int tfdt) {
        return fragment.get(tfdt + BOX_HEADER) == 1;
    }

    /** Where a box begins that lies in the first ones of the given types, one in the other. */
    private int find(ByteBuffer box, String... path) throws IOException {
        int from = BOX_HEADER;
        int to = box.capacity();
        int found = 0;
        for (String type : path) {
            found = -1;
            for (int at = from; at + BOX_HEADER <= to && found < 0; ) {
                int size = box.getInt(at);
                if (size < BOX_HEADER) {
                    break;
                }
                if (type(box, at).equals(type)) {
                    found = at;
                }
                at += size;
            }
            if (found < 0) {
                throw new IOException(file + " has no box " + String.join("/", path));
            }
            from = found + BOX_HEADER;
            to = found + box.getInt(found);
        }
        return found;
    }

    private static String type(ByteBuffer box, int at) {
        byte[] type = new byte[4];
        box.get(at + 4, type);
        return new String(type, ISO_8859_1);
    }

    /**
     * A box of the file, as far as its header goes.
     *
     * @param size of all of it, in bytes
     */
    private record Box(String type, long size, byte[] header) {

        /** The next one; null at the end of the file. */
        static Box read(DataInputStream in) throws IOException {
            byte[] start = in.readNBytes(BOX_HEADER);
            if (start.length == 0) {
                return null;
            }
            if (start.length < BOX_HEADER) {
                throw new EOFException("a box has no header");
            }
            ByteBuffer fields = ByteBuffer.wrap(start);
            long size = Integer.toUnsignedLong(fields.getInt(0));
            byte[] header = start;
            if (size == 1) {
                header = ByteBuffer.allocate(LARGE_BOX_HEADER).put(start).array();
                in.readFully(header, BOX_HEADER, LARGE_BOX_HEADER - BOX_HEADER);
                size = ByteBuffer.wrap(header).getLong(BOX_HEADER);
            }
            if (size < header.length) {
                throw new IOException("a box has " + size + " bytes");
            }
            return new Box(FragmentedMp4.type(fields, 0), size, header);
        }

        boolean is(String other) {
            return type.equals(other);
        }

        ByteBuffer content(InputStream in) throws IOException {
            byte[] all = new byte[Math.toIntExact(size)];
            System.arraycopy(header, 0, all, 0, header.length);
            if (in.readNBytes(all, header.length, all.length - header.length)
                    < all.length - header.length) {
                throw new EOFException("a box ends early");
            }
            return ByteBuffer.wrap(all);
        }

        void copy(InputStream in, OutputStream out) throws IOException {
            out.write(header);
            byte[] buffer = new byte[1 << 16];
            for (long left = size - header.length; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("a box ends early");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }
}
