// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.checkpoint;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What reading and writing weight files has in common. */
final class CheckpointFiles {

    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private CheckpointFiles() {}

    /** The whole file; it must fit into one array. */
    static byte[] read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new InputException("weights " + file + " are larger than 2 GiB");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static InputException unreadable(Path file, IOException cause) {
        String reason = cause instanceof NoSuchFileException ? "it does not exist" : oneLine(cause);
        return new InputException("weights " + file + " cannot be read: " + reason, cause);
    }

    /** An exception's message without line breaks; its kind if it has no message. */
    static String oneLine(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** SHA-256 in hexadecimal. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
