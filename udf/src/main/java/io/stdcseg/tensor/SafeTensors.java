// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor;

import io.stdcseg.error.InputException;
import io.stdcseg.file.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code .safetensors} format: eight bytes of header length, a JSON header, raw little-endian
 * data.
 *
 * <p>Nothing in a file is trusted: whatever does not describe exactly the bytes that are there is
 * refused with an {@link InputException} of one line that names the file.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">Format</a>
 */
public final class SafeTensors {

    private static final int LENGTH_BYTES = 8;

    private SafeTensors() {}

    /**
     * Contents of a file.
     *
     * @param tensors by name, in the header's order; they share one block of memory
     * @param metadata free text by key; empty if the file has none
     */
    public record Contents(Map<String, TensorData> tensors, Map<String, String> metadata) {

        public Contents {
            tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
            metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        }
    }

    /** Reads a file. */
    public static Contents read(Path file) {
        return parse(file.toString(), TensorFile.read(file).content());
    }

    /** Reads a stream to its end, as of a resource. */
    public static Contents read(InputStream in) throws IOException {
        return read("safetensors stream", in);
    }

    /** Reads a stream to its end; {@code name} stands for it in messages. */
    public static Contents read(String name, InputStream in) throws IOException {
        byte[] all = in.readNBytes(Integer.MAX_VALUE - LENGTH_BYTES);
        if (in.read() >= 0) {
            throw refusal(name, "it is larger than 2 GiB");
        }
        return parse(name, ByteBuffer.wrap(all));
    }

    public static Contents parse(String name, ByteBuffer file) {
        ByteBuffer bytes = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < LENGTH_BYTES) {
            throw refusal(name, "it has " + bytes.remaining() + " bytes, fewer than a header");
        }
        long length = bytes.getLong();
        if (length < 2 || length > bytes.remaining()) {
            throw refusal(
                    name,
                    "its header length is "
                            + Long.toUnsignedString(length)
                            + "; 2 to "
                            + bytes.remaining()
                            + " is possible");
        }
        byte[] header = new byte[(int) length];
        bytes.get(header);
        return SafeTensorsHeader.parse(name, header, bytes.slice());
    }

    /**
     * Writes a file, which is complete or absent: it appears under its name only when every byte is
     * on the disk. Folders on the way to it are made.
     */
    public static void write(
            Path file, Map<String, TensorData> tensors, Map<String, String> metadata)
            throws IOException {
        SafeTensorsHeader header = SafeTensorsHeader.describe(tensors, metadata);
        ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        length.putLong(header.json().length).flip();
        AtomicFile.writeDurably(
                file,
                stream -> {
                    WritableByteChannel out = Channels.newChannel(stream);
                    out.write(length);
                    out.write(ByteBuffer.wrap(header.json()));
                    for (String name : header.names()) {
                        out.write(tensors.get(name).bytes().duplicate());
                    }
                });
    }

    static InputException refusal(String name, String reason) {
        return new InputException(name + " is not a usable safetensors file: " + reason);
    }
}
