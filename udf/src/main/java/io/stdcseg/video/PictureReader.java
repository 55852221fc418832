// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Reads picture files: PNG, JPEG, WebP, BMP, TIFF and whatever else FFmpeg knows, as upright 8-bit
 * RGB. Transparency is dropped, a palette resolved. Thread-safe.
 */
public final class PictureReader {

    private static final DecodeOptions OPTIONS = new DecodeOptions(1, true);

    private PictureReader() {}

    /**
     * Reads the picture; of a file with several the first.
     *
     * @throws InputException if the file is no picture or is damaged; one line that names it
     */
    public static Picture read(Path file) {
        try (VideoDecoder decoder =
                VideoDecoder.open(file.getFileName().toString(), file, OPTIONS, true)) {
            decoder.advance();
            StreamInfo info = decoder.info();
            ByteBuffer rgb = ByteBuffer.allocateDirect(info.rgbBytes());
            decoder.writeRgb(rgb);
            byte[] bytes = new byte[info.rgbBytes()];
            rgb.get(0, bytes);
            return new Picture(info.displayWidth(), info.displayHeight(), bytes);
        } catch (InputException e) {
            String reason = e.getMessage().replaceFirst("^video ", "picture ");
            throw new InputException(reason.replace("not a video", "not a picture"), e);
        }
    }
}
