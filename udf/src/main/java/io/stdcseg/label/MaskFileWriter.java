// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import io.stdcseg.file.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writer of masks as 8-bit grey PNG, one after the other, in memory that it keeps: ImageIO would
 * make three times a mask's size in garbage. For one thread at a time.
 */
public final class MaskFileWriter implements AutoCloseable {

    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int IHDR = 0x49484452;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;
    private static final byte BIT_DEPTH = 8;

    /** Files are as large as ImageIO's; the next levels take longer and save little. */
    private static final int COMPRESSION_LEVEL = 4;

    private static final int CHUNK_BYTES = 1 << 15;
    private static final int LENGTH_AND_TYPE = 2 * Integer.BYTES;

    private final byte[] written;
    private final Deflater deflater = new Deflater(COMPRESSION_LEVEL);
    private final CRC32 crc = new CRC32();
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    private byte[] row = new byte[0];

    /** Writes ids as they are. */
    public MaskFileWriter() {
        this.written = null;
    }

    /**
     * Writes other ids in their place.
     *
     * @param ids by id, 256 of them
     */
    public MaskFileWriter(byte[] ids) {
        this.written = ids.clone();
    }

    /**
     * Writes a file, which appears whole or not at all.
     *
     * @param mask {@code width * height} ids from the buffer's position on
     */
    public void write(Path file, int width, int height, ByteBuffer mask) throws IOException {
        AtomicFile.write(file, out -> write(out, width, height, mask));
    }

    /**
     * Writes what a file holds; whoever gave the stream closes it.
     *
     * @param mask {@code width * height} ids from the buffer's position on
     */
    public void write(OutputStream out, int width, int height, ByteBuffer mask) throws IOException {
        chunk.clear().putLong(SIGNATURE);
        out.write(chunk.array(), 0, chunk.position());
        beginChunk(IHDR);
        // One grey channel, deflated, rows with filters, not interlaced.
        chunk.putInt(width).putInt(height).put(BIT_DEPTH).put(new byte[4]);
        endChunk(out);
        writeRows(out, width, height, mask);
        beginChunk(IEND);
        endChunk(out);
    }

    private void writeRows(OutputStream out, int width, int height, ByteBuffer mask)
            throws IOException {
        if (row.length != 1 + width) {
            row = new byte[1 + width]; // The first byte says that the row is not filtered.
        }
        deflater.reset();
        beginChunk(IDAT);
        for (int y = 0; y < height; y++) {
            mask.get(mask.position() + y * width, row, 1, width);
            translateRow();
            deflater.setInput(row);
            while (!deflater.needsInput()) {
                deflate(out);
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            deflate(out);
        }
        endChunk(out);
    }

    private void translateRow() {
        if (written != null) {
            for (int x = 1; x < row.length; x++) {
                row[x] = written[row[x] & 255];
            }
        }
    }

    private void deflate(OutputStream out) throws IOException {
        int room = chunk.remaining() - Integer.BYTES; // The check sum comes last.
        if (room == 0) {
            endChunk(out);
            beginChunk(IDAT);
            room = chunk.remaining() - Integer.BYTES;
        }
        int bytes = deflater.deflate(chunk.array(), chunk.position(), room);
        chunk.position(chunk.position() + bytes);
    }

    private void beginChunk(int type) {
        chunk.clear().putInt(0).putInt(type);
    }

    /** Puts length and check sum around what the chunk holds. */
    private void endChunk(OutputStream out) throws IOException {
        int length = chunk.position() - LENGTH_AND_TYPE;
        chunk.putInt(0, length);
        crc.reset();
        crc.update(chunk.array(), Integer.BYTES, Integer.BYTES + length);
        chunk.putInt((int) crc.getValue());
        out.write(chunk.array(), 0, chunk.position());
    }

    /** Frees the compressor. */
    @Override
    public void close() {
        deflater.end();
    }
}
