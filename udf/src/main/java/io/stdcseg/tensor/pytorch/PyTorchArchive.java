// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writer of the container of {@code torch.save} and of TorchScript: a zip file of stored entries in
 * one folder. The same content gives the same bytes.
 *
 * @see <a
 *     href="https://github.com/pytorch/pytorch/blob/main/caffe2/serialize/inline_container.h">The
 *     format</a>
 */
public final class PyTorchArchive implements Closeable {

    private static final String FOLDER = "stdcseg/";

    /** Any; the first day that a zip file can say gets an extra field from Java. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 2, 0, 0);

    /** Oldest format that has everything that is used. */
    private static final String VERSION = "3\n";

    /** PyTorch may map the file, and wants its numbers at multiples of this. */
    private static final int ALIGNMENT = 64;

    /** Of a zip entry, without name and extra field. */
    private static final int HEADER_BYTES = 30;

    private final ZipOutputStream zip;
    private long position;

    /**
     * @param out is closed with the archive
     */
    public PyTorchArchive(OutputStream out) {
        this.zip = new ZipOutputStream(out);
    }

    /** Adds an entry of text. */
    public void put(String name, String text) throws IOException {
        put(name, StandardCharsets.UTF_8.encode(text));
    }

    /** Adds an entry with what remains in {@code content}. */
    public void put(String name, ByteBuffer content) throws IOException {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(TIME);
        byte[] padding = padding(entry.getName());
        entry.setExtra(padding);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
        position += HEADER_BYTES + entry.getName().length() + padding.length + bytes.length;
    }

    /** Finishes the archive with what PyTorch wants to know of all. */
    @Override
    public void close() throws IOException {
        try (zip) {
            put("version", VERSION);
            put("byteorder", "little");
        }
    }

    /** An extra field after which the content begins at a multiple of {@link #ALIGNMENT}. */
    private byte[] padding(String name) {
        long start = position + HEADER_BYTES + name.length() + 2 * Short.BYTES;
        int missing = (int) (-start & (ALIGNMENT - 1));
        return ByteBuffer.allocate(2 * Short.BYTES + missing)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'F')
                .put((byte) 'B')
                .putShort((short) missing)
                .array();
    }
}
