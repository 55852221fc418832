// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.video.encode.SegmentEncoder;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Small synthetic videos. */
public final class Clips {

    public static final int WIDTH = 64;
    public static final int HEIGHT = 48;

    private Clips() {}

    /** Timestamp of a picture in ticks of a millisecond: every third is shown for longer. */
    public static long pts(int number) {
        return number * 40L + number / 3 * 17L;
    }

    /** Writes grey pictures that grow brighter, at uneven times. */
    public static void write(Path file, int frames) {
        write(file, WIDTH, HEIGHT, frames);
    }

    /** The same in another size. */
    public static void write(Path file, int width, int height, int frames) {
        StreamInfo info =
                new StreamInfo(
                        "clip",
                        file.toString(),
                        width,
                        height,
                        0,
                        new Rational(1, 1000),
                        new Rational(25, 1),
                        new Rational(1, 1),
                        ColorMetadata.UNSPECIFIED);
        ByteBuffer yuv = ByteBuffer.allocateDirect(info.yuvBytes());
        try (SegmentEncoder encoder =
                new SegmentEncoder(file, info, SegmentEncoder.Options.DEFAULT)) {
            for (int n = 0; n < frames; n++) {
                for (int i = 0; i < yuv.capacity(); i++) {
                    yuv.put(i, (byte) (i < width * height ? 40 + 3 * n : 128));
                }
                encoder.encode(yuv, pts(n), pts(n + 1) - pts(n));
            }
        }
    }
}
