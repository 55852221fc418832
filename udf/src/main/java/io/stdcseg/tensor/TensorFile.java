// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A weights file in memory, read and hashed once: the last one is kept while there is room, as a
 * process asks for it again, to know what it is and then for each device.
 */
public final class TensorFile {

    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private static SoftReference<TensorFile> last = new SoftReference<>(null);

    private final Version version;
    private final byte[] bytes;
    private String sha256;

    /** Version of a file: what changes when it is written again. */
    private record Version(Path file, long size, FileTime changed, Object key) {}

    private TensorFile(Version version, byte[] bytes) {
        this.version = version;
        this.bytes = bytes;
    }

    /**
     * The whole file; it must fit into one array.
     *
     * @throws InputException if it cannot be read, or is something that holds no weights; one line
     *     that names it
     */
    public static synchronized TensorFile read(Path file) {
        try {
            Version version = version(file);
            TensorFile kept = last.get();
            if (kept != null && kept.version.equals(version)) {
                return kept;
            }
            if (version.size > LARGEST) {
                throw new InputException("weights " + file + " are larger than 2 GiB");
            }
            TensorFile read = new TensorFile(version, Files.readAllBytes(file));
            FileSignatures.refuse(read.bytes, new FileErrors(file.toString()));
            last = new SoftReference<>(read);
            return read;
        } catch (IOException e) {
            String reason =
                    e instanceof NoSuchFileException ? "it does not exist" : FileErrors.oneLine(e);
            throw new InputException("weights " + file + " cannot be read: " + reason, e);
        }
    }

    private static Version version(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Version(
                file.toAbsolutePath(), now.size(), now.lastModifiedTime(), now.fileKey());
    }

    /** Its bytes from the first to the last; nobody changes them. */
    public ByteBuffer content() {
        return ByteBuffer.wrap(bytes);
    }

    /** SHA-256 of the file in hexadecimal. */
    public synchronized String sha256() {
        if (sha256 == null) {
            sha256 = sha256(bytes);
        }
        return sha256;
    }

    /** SHA-256 of some bytes in hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
