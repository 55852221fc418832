// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.video.MediaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncatedFileTest {

    /** "RIFF", the size of what follows, "AVI ", eight bytes; then the same of "AVIX". */
    private static final String AVI =
            "52494646 0c000000 41564920 0102030405060708"
                    + "52494646 0c000000 41564958 0102030405060708";

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        // A header of two bytes; the segment's three bytes, its size in one and in eight bytes.
        "matroska, 1a45dfa3 82 0000 18538067 83 010203",
        "matroska with a long size, 1a45dfa3 82 0000 18538067 0100000000000003 010203",
        "avi in two parts, " + AVI,
    })
    void isTruncatedAnywhereButAtItsEnd(String name, String hex) throws IOException {
        byte[] whole = bytes(hex);

        assertThat(isTruncated(file(whole))).isFalse();
        for (int cut = 1; cut <= 3; cut++) {
            byte[] shorter = Arrays.copyOf(whole, whole.length - cut);
            assertThat(isTruncated(file(shorter))).as(name + " without " + cut).isTrue();
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 9);
        assertThat(isTruncated(file(longer))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "matroska of unknown length, 1a45dfa3 82 0000 18538067 01ffffffffffffff 01",
        "matroska without a segment, 1a45dfa3 82 0000 11223344 83 01",
        "matroska whose header is all there is, 1a45dfa3 bf 0000 18538067 83 01",
        "avi that nobody finished, 52494646 00000000 41564920 01020304",
        "webp, 52494646 ff000000 57454250 01020304",
        "anything else, 00000018 66747970 69736f6d 00000200",
        "nearly nothing, 1a45dfa3",
    })
    void isNotTruncatedWhereThatCannotBeTold(String name, String hex) throws IOException {
        assertThat(isTruncated(file(bytes(hex)))).as(name).isFalse();
    }

    @Test
    void whatIsNoFileIsNotTruncated() {
        assertThat(isTruncated(folder)).isFalse();
        assertThat(isTruncated(folder.resolve("none"))).isFalse();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static boolean isTruncated(Path file) {
        return TruncatedFile.isTruncated(MediaFile.of(file));
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("video"), content);
    }
}
