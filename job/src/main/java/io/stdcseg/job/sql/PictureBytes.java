// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import io.stdcseg.label.MaskFileWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Pictures as a table holds them: files that any program opens. */
final class PictureBytes {

    private static final int RGB = 3;

    private PictureBytes() {}

    /**
     * A PPM file: the samples behind a line of text, so that it costs no more than a copy.
     *
     * @param rgb rows of RGB triples from position 0
     */
    static byte[] ppm(int width, int height, ByteBuffer rgb) {
        byte[] header =
                ("P6\n" + width + " " + height + "\n255\n").getBytes(StandardCharsets.US_ASCII);
        byte[] file = new byte[header.length + RGB * width * height];
        System.arraycopy(header, 0, file, 0, header.length);
        rgb.get(0, file, header.length, file.length - header.length);
        return file;
    }

    /**
     * An 8-bit grey PNG file.
     *
     * @param ids rows of ids from the buffer's position on
     */
    static byte[] png(int width, int height, ByteBuffer ids) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MaskFileWriter writer = new MaskFileWriter()) {
            writer.write(out, width, height, ids);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
