// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import static java.util.Comparator.comparingLong;

import io.stdcseg.tensor.ByteCursor;
import io.stdcseg.tensor.FileErrors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Zip archive in memory, read without trusting it.
 *
 * <p>Java's own reader believes the number of entries that an archive says it has and allocates
 * tables for it, gigabytes if the archive says so; this one believes nothing. No two entries may
 * share bytes, and each bears its name twice. Stored entries are slices of the archive; what
 * deflated ones expand to, all together, is limited to {@value #MOST_EXPANSION} times the archive
 * and {@value #FREE_BYTES} bytes, which no weights reach.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">The format</a>
 */
public final class ZipArchive {

    static final int MOST_EXPANSION = 20;
    static final int FREE_BYTES = 1 << 20;

    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_64_BYTES = 20;
    private static final int END_64 = 0x06064b50;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int MOST_COMMENT = 0xFFFF;
    private static final long IN_EXTRA = 0xFFFFFFFFL;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final ByteBuffer file;
    private final FileErrors errors;
    private final Map<String, Entry> entries = new HashMap<>();
    private long allowance;

    /**
     * Entry of the archive: its bytes {@code packed} make {@code size}; with their header they end
     * at {@code end}.
     */
    private record Entry(int method, ByteBuffer packed, long size, long header, long end) {}

    public ZipArchive(ByteBuffer file, FileErrors errors) {
        this.file = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.errors = errors;
        this.allowance = (long) file.remaining() * MOST_EXPANSION + FREE_BYTES;
        readDirectory();
    }

    /** The names of all entries. */
    public Set<String> names() {
        return entries.keySet();
    }

    /** How many bytes the entry has; -1 if there is none of that name. */
    long size(String name) {
        Entry entry = entries.get(name);
        return entry == null ? -1 : entry.size;
    }

    /** The bytes of an entry that is there. */
    public ByteBuffer bytes(String name) {
        Entry entry = entries.get(name);
        return entry.method == STORED
                ? entry.packed.duplicate()
                : inflate(name, entry.packed.duplicate(), entry.size);
    }

    private void readDirectory() {
        int end = findEnd();
        ByteCursor in = at(end + 8);
        long count = in.u16();
        in.u16();
        long length = in.u32();
        long start = in.u32();
        if (count == 0xFFFF || length == IN_EXTRA || start == IN_EXTRA) {
            ByteCursor end64 = at(findEnd64(end) + 32);
            count = end64.i64();
            length = end64.i64();
            start = end64.i64();
        }
        if (start < 0 || length < 0 || start > end || length > end - start) {
            throw damaged("its directory lies outside of it");
        }
        if (count < 0 || count > length / ENTRY_BYTES) {
            throw damaged("its directory is too short for its entries");
        }
        ByteCursor directory = new ByteCursor(file.slice((int) start, (int) length), errors);
        for (long i = 0; i < count; i++) {
            readEntry(directory);
        }
        refuseOverlaps(start);
    }

    /** Entries on the same bytes would make much of little. */
    private void refuseOverlaps(long directory) {
        long end = 0;
        for (Entry entry :
                entries.values().stream().sorted(comparingLong(Entry::header)).toList()) {
            if (entry.header < end) {
                throw damaged("its entries overlap at byte " + entry.header);
            }
            end = entry.end;
        }
        if (end > directory) {
            throw damaged("its entries reach into its directory");
        }
    }

    private void readEntry(ByteCursor in) {
        if (in.i32() != ENTRY) {
            throw damaged("its directory is not one");
        }
        in.i32();
        int flags = in.u16();
        int method = in.u16();
        in.i64(); // time, date, checksum
        long packed = in.u32();
        long size = in.u32();
        int nameBytes = in.u16();
        int extraBytes = in.u16();
        int commentBytes = in.u16();
        in.i64(); // disk, attributes
        long header = in.u32();
        String name = new String(in.take(nameBytes), StandardCharsets.UTF_8);
        ByteCursor extra = new ByteCursor(in.view(extraBytes), errors);
        in.view(commentBytes);
        if (size == IN_EXTRA || packed == IN_EXTRA || header == IN_EXTRA) {
            findExtra64(extra);
            size = size == IN_EXTRA ? extra.i64() : size;
            packed = packed == IN_EXTRA ? extra.i64() : packed;
            header = header == IN_EXTRA ? extra.i64() : header;
        }
        if ((flags & ENCRYPTED) != 0 || (method != STORED && method != DEFLATED)) {
            throw damaged("entry " + FileErrors.quote(name) + " is neither stored nor deflated");
        }
        if (size < 0 || packed < 0 || (method == STORED && packed != size)) {
            throw damaged("entry " + FileErrors.quote(name) + " says two sizes");
        }
        if (entries.put(name, locate(name, method, packed, size, header)) != null) {
            throw damaged("it has two entries " + FileErrors.quote(name));
        }
    }

    /** The entry's bytes, behind a header of its own that repeats the name. */
    private Entry locate(String name, int method, long packed, long size, long header) {
        ByteCursor local = at(header);
        if (local.i32() != LOCAL) {
            throw damaged("entry " + FileErrors.quote(name) + " does not begin where it should");
        }
        local.view(LOCAL_BYTES - Integer.BYTES - 2 * Short.BYTES);
        int nameBytes = local.u16();
        int extraBytes = local.u16();
        String own = new String(local.take(nameBytes), StandardCharsets.UTF_8);
        if (!own.equals(name)) {
            throw damaged(
                    "entry "
                            + FileErrors.quote(name)
                            + " calls itself "
                            + FileErrors.quote(own)
                            + " elsewhere");
        }
        local.view(extraBytes);
        long end = header + LOCAL_BYTES + nameBytes + extraBytes + packed;
        return new Entry(method, local.view(packed), size, header, end);
    }

    /** Moves behind the head of the field that holds what does not fit into 32 bits. */
    private static void findExtra64(ByteCursor extra) {
        while (extra.u16() != 1) {
            extra.view(extra.u16());
        }
        extra.u16();
    }

    private int findEnd() {
        int last = file.limit() - END_BYTES;
        for (int i = last; i >= Math.max(0, last - MOST_COMMENT); i--) {
            if (file.getInt(i) == END && (file.getShort(i + 20) & 0xFFFF) == last - i) {
                return i;
            }
        }
        throw damaged("its directory is missing");
    }

    private long findEnd64(int end) {
        ByteCursor locator = at(end - LOCATOR_64_BYTES);
        if (locator.i32() == LOCATOR_64) {
            locator.i32();
            long end64 = locator.i64();
            if (at(end64).i32() == END_64) {
                return end64;
            }
        }
        throw damaged("its directory is missing");
    }

    private ByteCursor at(long position) {
        if (position < 0 || position > file.limit()) {
            throw damaged("it points to byte " + position + " of " + file.limit());
        }
        int start = (int) position;
        return new ByteCursor(file.slice(start, file.limit() - start), errors);
    }

    private ByteBuffer inflate(String name, ByteBuffer packed, long size) {
        if (size > Math.min(allowance, Integer.MAX_VALUE - FREE_BYTES)) {
            throw errors.because(
                    "its entries expand to more than " + MOST_EXPANSION + " times the file");
        }
        allowance -= size;
        Inflater inflater = new Inflater(true);
        try {
            byte[] bytes = new byte[(int) size];
            inflater.setInput(packed);
            int filled = 0;
            while (filled < bytes.length && !inflater.needsInput() && !inflater.finished()) {
                filled += inflater.inflate(bytes, filled, bytes.length - filled);
            }
            if (filled < bytes.length || inflater.inflate(new byte[1]) > 0) {
                throw damaged(
                        "entry "
                                + FileErrors.quote(name)
                                + " does not expand to "
                                + size
                                + " bytes");
            }
            return ByteBuffer.wrap(bytes);
        } catch (DataFormatException e) {
            throw errors.because("entry " + FileErrors.quote(name) + " cannot be expanded", e);
        } finally {
            inflater.end();
        }
    }

    private RuntimeException damaged(String reason) {
        return errors.because("its zip archive is cut short or damaged: " + reason);
    }
}
