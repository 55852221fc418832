// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.tensor.TensorData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Archives that lie about sizes, and tensors that lie about their storages. */
class HostileArchiveTest {

    private static final int ELEMENTS = 6;

    @Test
    void deflatedEntriesAreRead() throws IOException {
        assertThat(read(archive(view(0, new long[] {6}, new long[] {1}), floats())).toFloats())
                .containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void theOtherByteOrderIsTurned() throws IOException {
        Map<String, byte[]> entries = archive(view(1, new long[] {2}, new long[] {3}), floats());
        ByteBuffer big = ByteBuffer.allocate(4 * ELEMENTS);
        for (int i = 0; i < ELEMENTS; i++) {
            big.putFloat(i);
        }
        entries.put("a/data/0", big.array());
        entries.put("a/byteorder", "big".getBytes());

        assertThat(read(entries).toFloats()).containsExactly(1, 4);
        entries.put("a/byteorder", "middle".getBytes());
        refused(entries, "its byte order is 'middle'");
    }

    @Test
    void viewsOutsideTheirStorageAreRefused() throws IOException {
        String outside = "reaches outside its storage of 6 elements";

        refused(view(1, new long[] {6}, new long[] {1}), "tensor t of shape [6] " + outside);
        refused(view(0, new long[] {2}, new long[] {6}), outside);
        refused(view(Long.MAX_VALUE, new long[] {2}, new long[] {1}), outside);
        refused(view(0, new long[] {2}, new long[] {Long.MAX_VALUE}), outside);
        refused(view(0, new long[] {1L << 40, 1L << 40}, new long[] {0, 0}), outside);
        refused(view(0, new long[] {1_000_000_000}, new long[] {0}), outside);
        refused(view(0, new long[] {7}, new long[] {0}), outside);
    }

    @Test
    void sizesAndStridesThatCannotBeAreRefused() throws IOException {
        String unknown = "tensor t has sizes or strides that PyTorch does not know";

        refused(view(0, new long[] {-1}, new long[] {1}), unknown);
        refused(view(5, new long[] {6}, new long[] {-1}), unknown);
        refused(view(-1, new long[] {1}, new long[] {1}), unknown);
        refused(view(0, new long[] {1, 1}, new long[] {1}), unknown);
        refused(view(0, new long[65], new long[65]), unknown);
    }

    @Test
    void emptyViewsMayPointAnywhere() throws IOException {
        byte[] pickle = view(99, new long[] {0, 3}, new long[] {3, 1});

        assertThat(read(archive(pickle, floats())).shape()).containsExactly(0, 3);
    }

    @Test
    void manyCopiesOfStoragesAreRefused() throws IOException {
        int rows = 100;
        int elements = 2 * rows;
        Pickles pickle = new Pickles().op('}');
        for (int i = 0; i < 1_000; i++) {
            pickle.text("t" + i)
                    .tensor("" + i % 2, elements, 0, new long[] {2, rows}, new long[] {1, 2})
                    .op('s');
        }
        Map<String, byte[]> entries = archive(pickle.stop(), new byte[4 * elements]);
        entries.put("a/data/1", new byte[4 * elements]);

        refused(
                entries,
                "its tensors show its storages so often that they take more than 4 times the file");
    }

    @Test
    void anEntryOfAnotherNameThanItsHeaderIsRefused() throws IOException {
        byte[] zip = zip(archive(view(0, new long[] {6}, new long[] {1}), floats()));
        zip[lastIndexOf(zip, "a/data/0") + "a/data/".length()] = '1';

        refusedArchive(zip, "entry a/data/1 calls itself a/data/0 elsewhere");
    }

    /** Many entries on one would make much of little. */
    @Test
    void entriesOnTheSameBytesAreRefused() throws IOException {
        byte[] inner = zip(Map.of("a/data/1", floats()));
        Map<String, byte[]> entries = archive(view(0, new long[] {6}, new long[] {1}), inner);
        entries.put("a/data/1", floats());
        byte[] zip = zip(entries, ZipEntry.STORED);
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int directory = lastIndexOf(zip, "a/data/1") - 46;
        int hidden = indexOf(zip, new String(inner, 0, 40, ISO_8859_1));
        bytes.putInt(directory + 42, hidden);

        refusedArchive(zip, "its entries overlap at byte " + hidden);
    }

    @Test
    void aBombIsRefusedBeforeItExpands() throws IOException {
        int elements = 64 << 20;
        byte[] pickle =
                Pickles.dictionary("t", "0", elements, 0, new long[] {elements}, new long[] {1})
                        .stop();

        refused(
                archive(pickle, new byte[4 * elements]),
                "its entries expand to more than 20 times the file");
    }

    @Test
    void anEntryOfAnotherSizeThanItsTensorsSayIsRefused() throws IOException {
        byte[] pickle = view(0, new long[] {6}, new long[] {1});

        refused(
                archive(pickle, new byte[20]),
                "storage 0 has 20 bytes; its tensors say 6 elements");
        Map<String, byte[]> entries = archive(pickle, floats());
        entries.remove("a/data/0");
        refused(entries, "storage 0 is missing");
    }

    @Test
    void anArchiveHasExactlyOnePickle() throws IOException {
        byte[] pickle = view(0, new long[] {6}, new long[] {1});
        Map<String, byte[]> entries = archive(pickle, floats());
        entries.put("b/data.pkl", pickle);
        refused(entries, "its zip archive has more than one data.pkl");

        refused(Map.of("a/data/0", floats()), "its zip archive has no data.pkl");

        entries.remove("b/data.pkl");
        entries.put("a/constants.pkl", pickle);
        refused(entries, "it is a TorchScript archive");
    }

    /** Java's own reader allocates gigabytes for such a file. */
    @Test
    void aLyingCountOfEntriesIsRefused() throws IOException {
        for (long count : new long[] {600_000_000L, 1L << 40, -1, Long.MAX_VALUE}) {
            byte[] zip = withZip64Count(count);

            assertThatThrownBy(() -> PyTorchCheckpoint.parse("f", ByteBuffer.wrap(zip)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("its directory is too short for its entries");
        }
        assertThat(PyTorchCheckpoint.parse("f", ByteBuffer.wrap(withZip64Count(2))))
                .containsOnlyKeys("t");
    }

    /** Any four bytes of the directory replaced by large numbers: values or a refusal. */
    @Test
    void largeNumbersAnywhereAreRefused() throws IOException {
        byte[] whole = zip(archive(view(0, new long[] {6}, new long[] {1}), floats()));
        for (int i = 4; i + 4 <= whole.length; i++) {
            for (int value : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                byte[] changed = whole.clone();
                ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(i, value);
                try {
                    PyTorchCheckpoint.parse("f", ByteBuffer.wrap(changed));
                } catch (InputException e) {
                    assertThat(e.getMessage()).doesNotContain("\n");
                }
            }
        }
    }

    private static byte[] withZip64Count(long count) throws IOException {
        byte[] zip = zip(archive(view(0, new long[] {6}, new long[] {1}), floats()));
        ByteBuffer end = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int at = zip.length - 22;
        long length = end.getInt(at + 12);
        long start = end.getInt(at + 16);
        ByteBuffer out = ByteBuffer.allocate(at + 56 + 20 + 22).order(ByteOrder.LITTLE_ENDIAN);
        out.put(zip, 0, at);
        out.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45).putLong(0);
        out.putLong(count).putLong(count).putLong(length).putLong(start);
        out.putInt(0x07064b50).putInt(0).putLong(at).putInt(1);
        out.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
        return out.array();
    }

    private static byte[] view(long offset, long[] shape, long[] strides) {
        return Pickles.dictionary("t", "0", ELEMENTS, offset, shape, strides).stop();
    }

    private static byte[] floats() {
        ByteBuffer floats = ByteBuffer.allocate(4 * ELEMENTS).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ELEMENTS; i++) {
            floats.putFloat(i);
        }
        return floats.array();
    }

    private static Map<String, byte[]> archive(byte[] pickle, byte[] storage) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/data.pkl", pickle);
        entries.put("a/data/0", storage);
        return entries;
    }

    private static TensorData read(Map<String, byte[]> entries) throws IOException {
        return PyTorchCheckpoint.parse("f", ByteBuffer.wrap(zip(entries))).get("t");
    }

    private static void refused(byte[] pickle, String reason) throws IOException {
        refused(archive(pickle, floats()), reason);
    }

    private static void refused(Map<String, byte[]> entries, String reason) throws IOException {
        refusedArchive(zip(entries), reason);
    }

    private static void refusedArchive(byte[] zip, String reason) {
        assertThatThrownBy(() -> PyTorchCheckpoint.parse("f", ByteBuffer.wrap(zip)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("checkpoint f is refused: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        return zip(entries, ZipEntry.DEFLATED);
    }

    private static byte[] zip(Map<String, byte[]> entries, int method) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setMethod(method);
                header.setSize(entry.getValue().length);
                header.setCrc(crc(entry.getValue()));
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, ISO_8859_1).indexOf(text);
    }

    private static int lastIndexOf(byte[] bytes, String text) {
        return new String(bytes, ISO_8859_1).lastIndexOf(text);
    }
}
