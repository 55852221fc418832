// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Signatures (magic numbers) of files that people take for weights and that are none. */
final class FileSignatures {

    private static final int HEAD = 512;
    private static final int ONNX_VERSION = 0x08;
    private static final int LAST_ONNX_VERSION = 63;

    private FileSignatures() {}

    /** Refuses a file that is known to be something else. */
    static void refuse(byte[] file, FileErrors errors) {
        String what = what(file);
        if (what != null) {
            throw errors.because(what + "; allowed are .pth, .safetensors and TorchScript .pt");
        }
    }

    private static String what(byte[] file) {
        String head = new String(file, 0, Math.min(HEAD, file.length), StandardCharsets.ISO_8859_1);
        String text = head.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("version https://git-lfs")) {
            return "it is a pointer of Git LFS, which git lfs pull replaces by the file";
        }
        if (text.startsWith("<!doctype") || text.startsWith("<html") || text.startsWith("<?xml")) {
            return "it is a web page, as a link gives that does not lead to the file itself";
        }
        if (isOnnx(file)) {
            return "it is an ONNX network";
        }
        if (head.startsWith("\u0089HDF")) {
            return "it is an HDF5 file, as Keras writes it";
        }
        if (head.startsWith("\u001f\u008b") || head.startsWith("ustar", 257)) {
            return "it is a packed archive, which must be unpacked first";
        }
        return isText(head) ? "it is text" : null;
    }

    /** A protobuf message that begins with the format's version, and goes on with texts. */
    private static boolean isOnnx(byte[] file) {
        return file.length > 8
                && file[0] == ONNX_VERSION
                && file[1] > 0
                && file[1] <= LAST_ONNX_VERSION
                && (file[2] & 7) == 2
                && file[8] != '{';
    }

    /** Whether all of it is printed; a header of safetensors begins with a binary number. */
    private static boolean isText(String head) {
        return !head.isEmpty() && head.chars().allMatch(c -> c >= ' ' && c < 127 || isSpace(c));
    }

    private static boolean isSpace(int c) {
        return c == '\n' || c == '\r' || c == '\t';
    }
}
