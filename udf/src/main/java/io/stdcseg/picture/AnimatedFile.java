// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.picture;

import io.stdcseg.video.MediaFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Animated pictures: PNG (APNG) and WebP files that hold several pictures, one after the other. */
final class AnimatedFile {

    private static final long PNG = 0x89504e470d0a1a0aL;
    private static final int PNG_ANIMATION_CONTROL = 0x6163544c; // acTL
    private static final int PNG_DATA = 0x49444154; // IDAT

    private static final String WEBP = "RIFF....WEBPVP8X";
    private static final int WEBP_FLAGS = 20;
    private static final int WEBP_ANIMATED = 2;

    private AnimatedFile() {}

    /** How many pictures an animated PNG announces; 1 for any other file. */
    static int apngPictures(MediaFile file) {
        if (!file.isRegular()) {
            return 1;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(file.stream()))) {
            if (in.readLong() != PNG) {
                return 1;
            }
            while (true) {
                int length = in.readInt();
                int type = in.readInt();
                if (type == PNG_ANIMATION_CONTROL) {
                    return Math.max(1, in.readInt());
                }
                if (type == PNG_DATA || length < 0) {
                    return 1;
                }
                in.skipNBytes(length + 4L); // a check sum follows
            }
        } catch (IOException e) {
            return 1; // Whoever reads it says why it cannot be read.
        }
    }

    /** Whether the file is an animated WebP, which FFmpeg does not decode. */
    static boolean isAnimatedWebp(MediaFile file) {
        try (var in = file.stream()) {
            byte[] start = in.readNBytes(WEBP_FLAGS + 1);
            return start.length > WEBP_FLAGS
                    && new String(start, 0, WEBP.length(), StandardCharsets.ISO_8859_1)
                            .matches("(?s)" + WEBP)
                    && (start[WEBP_FLAGS] & WEBP_ANIMATED) != 0;
        } catch (IOException e) {
            return false;
        }
    }
}
