// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JpegWriterTest {

    @TempDir private Path folder;

    @Test
    void whatItWritesIsReadAsThePicture() throws IOException {
        Picture picture = gradient(61, 37);
        Path file = folder.resolve("a.jpg");
        try (JpegWriter writer = new JpegWriter(0.95);
                OutputStream out = Files.newOutputStream(file)) {
            writer.write(OutputStream.nullOutputStream(), gradient(8, 8));
            writer.write(out, picture);
        }

        Picture read = PictureReader.read(file);

        assertThat(read.width()).isEqualTo(61);
        assertThat(read.height()).isEqualTo(37);
        double sum = 0;
        for (int i = 0; i < read.rgb().length; i++) {
            sum += Math.abs((read.rgb()[i] & 255) - (picture.rgb()[i] & 255));
        }
        assertThat(sum / read.rgb().length).isLessThan(3);
    }

    @Test
    void ofLessQualityAreFewerBytes() throws IOException {
        assertThat(bytes(0.5)).isLessThan(bytes(0.95));
    }

    private static int bytes(double quality) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JpegWriter writer = new JpegWriter(quality)) {
            writer.write(out, gradient(200, 100));
        }
        return out.size();
    }

    /** Red to the right, green downwards, blue where both are. */
    private static Picture gradient(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                rgb[at++] = (byte) (255 * x / width);
                rgb[at++] = (byte) (255 * y / height);
                rgb[at++] = (byte) (255 * x * y / (width * height));
            }
        }
        return new Picture(width, height, rgb);
    }
}
