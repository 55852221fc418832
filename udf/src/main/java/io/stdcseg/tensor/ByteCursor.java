// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Cursor over little-endian bytes that reads values one after the other, never past the end. */
public final class ByteCursor {

    private final ByteBuffer bytes;
    private final FileErrors errors;

    public ByteCursor(ByteBuffer bytes, FileErrors errors) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.errors = errors;
    }

    public int u8() {
        need(1);
        return bytes.get() & 255;
    }

    public int u16() {
        need(2);
        return bytes.getShort() & 0xFFFF;
    }

    public int i32() {
        need(4);
        return bytes.getInt();
    }

    public long u32() {
        return i32() & 0xFFFFFFFFL;
    }

    public long i64() {
        need(8);
        return bytes.getLong();
    }

    public double bigEndianDouble() {
        need(8);
        return Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()));
    }

    /**
     * The next {@code length} bytes, copied; the length is checked before anything is allocated.
     */
    public byte[] take(long length) {
        need(length);
        byte[] taken = new byte[(int) length];
        bytes.get(taken);
        return taken;
    }

    /** The next {@code length} bytes without a copy. */
    public ByteBuffer view(long length) {
        need(length);
        ByteBuffer view = bytes.slice(bytes.position(), (int) length);
        bytes.position(bytes.position() + (int) length);
        return view.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes up to the next line feed, which is skipped. */
    public byte[] line() {
        int start = bytes.position();
        for (int i = start; i < bytes.limit(); i++) {
            if (bytes.get(i) == '\n') {
                byte[] line = take(i - start);
                bytes.get();
                return line;
            }
        }
        throw errors.because("it ends at byte " + bytes.limit() + " within a line");
    }

    private void need(long count) {
        if (count < 0 || count > bytes.remaining()) {
            throw errors.because(
                    "it is cut short or damaged: "
                            + Long.toUnsignedString(count)
                            + " bytes are needed at byte "
                            + bytes.position()
                            + " of "
                            + bytes.limit());
        }
    }
}
