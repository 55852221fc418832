// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.weights;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.file.VisibleFiles;
import io.stdcseg.store.StorePaths;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Copies of weights in a job's folder, each under the file's own name in a folder that is named
 * after its bytes: what a checkpoint names does not change with the user's file. Any machine of the
 * job may write them.
 */
public final class WeightsCopies {

    private final Path folder;

    /** Copies in a folder, which is made with the first of them. */
    public WeightsCopies(String folder) {
        this.folder = StorePaths.path(folder);
    }

    /** SHA-256 of a file, in hexadecimal. */
    static String digest(Path file) throws IOException {
        return copy(file, OutputStream.nullOutputStream());
    }

    /**
     * Copies a file, unless the same bytes are there.
     *
     * @param shown path by which the user knows the file
     * @throws IOException if it cannot be read or written, or changes meanwhile
     */
    public KeptWeights keep(Path file, String shown) throws IOException {
        String digest = digest(file);
        String name = StorePaths.path(shown).getFileName().toString();
        Path copy = folder.resolve(digest).resolve(name);
        if (Files.notExists(copy)) {
            AtomicFile.writeDurably(
                    copy,
                    out -> {
                        if (!copy(file, out).equals(digest)) {
                            throw new IOException(file + " changed while it was read");
                        }
                    });
        }
        return new KeptWeights(copy.toString(), shown, digest);
    }

    /** Removes all copies but those of these digests. */
    public void removeAllBut(Set<String> digests) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> others;
        try (Stream<Path> all = Files.list(folder)) {
            others =
                    all.filter(copy -> !VisibleFiles.isHidden(copy))
                            .filter(copy -> !digests.contains(copy.getFileName().toString()))
                            .toList();
        }
        for (Path other : others) {
            StorePaths.deleteFolder(other);
        }
    }

    /** Returns the digest of what was copied. */
    private static String copy(Path file, OutputStream out) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
