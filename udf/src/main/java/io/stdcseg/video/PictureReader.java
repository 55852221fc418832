// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Reads picture files: PNG, JPEG, WebP, BMP, TIFF and whatever else FFmpeg knows, as upright 8-bit
 * RGB. Transparency is dropped, a palette resolved. Thread-safe.
 */
public final class PictureReader {

    /** How names of picture files end, without the dot and in small letters; sorted. */
    public static final List<String> ENDINGS =
            List.of("bmp", "jpeg", "jpg", "png", "ppm", "tif", "tiff", "webp");

    private static final DecodeOptions OPTIONS = new DecodeOptions(1, true);

    private PictureReader() {}

    /** Whether a file's name ends like a picture's. */
    public static boolean isPicture(Path file) {
        Path name = file.getFileName();
        int dot = name == null ? -1 : name.toString().lastIndexOf('.');
        return dot > 0
                && ENDINGS.contains(name.toString().substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /**
     * Reads the picture; of a file with several the first.
     *
     * @throws InputException if the file is no picture or is damaged; one line that names it
     */
    public static Picture read(Path file) {
        try (VideoDecoder decoder = open(file)) {
            StreamInfo info = decoder.info();
            ByteBuffer rgb = ByteBuffer.allocateDirect(info.rgbBytes());
            decoder.writeRgb(rgb);
            byte[] bytes = new byte[info.rgbBytes()];
            rgb.get(0, bytes);
            return new Picture(info.displayWidth(), info.displayHeight(), bytes);
        }
    }

    /**
     * Decodes the picture into FFmpeg's memory, for those who have their own to write it to.
     *
     * @return a decoder that is at the picture; the caller closes it
     * @throws InputException as {@link #read}
     */
    public static VideoDecoder open(Path file) {
        VideoDecoder decoder = null;
        try {
            decoder = VideoDecoder.open(file.getFileName().toString(), file, OPTIONS, true);
            decoder.advance();
            VideoDecoder opened = decoder;
            decoder = null;
            return opened;
        } catch (InputException e) {
            String reason = e.getMessage().replaceFirst("^video ", "picture ");
            throw new InputException(reason.replace("not a video", "not a picture"), e);
        } finally {
            if (decoder != null) {
                decoder.close();
            }
        }
    }
}
