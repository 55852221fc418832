// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive: a zip file of stored entries with one class, one object of it, and
 * constants. The same content gives the same bytes.
 */
final class ArchiveFile {

    private static final String ROOT = "stdcseg/";
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Oldest format that has everything the program uses. */
    private static final String VERSION = "3\n";

    private ArchiveFile() {}

    /**
     * Writes an archive.
     *
     * @param notes texts by name, which libtorch calls extra files
     */
    static void write(OutputStream out, ArchiveCode code, Map<String, String> notes)
            throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "data.pkl", ByteBuffer.wrap(object(code.hasPreparation())));
            put(zip, "code/__torch__.py", ascii(code.text()));
            List<ByteBuffer> storages = code.constants().storages();
            for (int i = 0; i < storages.size(); i++) {
                put(zip, "constants/" + i, storages.get(i));
            }
            put(zip, "constants.pkl", ByteBuffer.wrap(code.constants().table()));
            put(zip, "version", ascii(VERSION));
            put(zip, "byteorder", ascii("little"));
            for (Map.Entry<String, String> note : notes.entrySet()) {
                byte[] text = note.getValue().getBytes(StandardCharsets.UTF_8);
                put(zip, "extra/" + note.getKey(), ByteBuffer.wrap(text));
            }
        }
    }

    /** The object's state: what a prepared one computes its attributes from, or the attribute. */
    private static byte[] object(boolean prepared) {
        PickleWriter object =
                new PickleWriter().global("__torch__", ArchiveCode.CLASS).emptyTuple().newObject();
        if (prepared) {
            object.bool(false);
        } else {
            object.emptyDict().mark().text("training").bool(false).setItems();
        }
        return object.build().stop();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void put(ZipOutputStream zip, String name, ByteBuffer content)
            throws IOException {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
