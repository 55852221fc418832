// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.video.encode.SegmentEncoder;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Small moving pictures made up on the spot, so that tests need no files. */
public final class SyntheticVideo {

    private SyntheticVideo() {}

    public static StreamInfo info(int width, int height) {
        return info(width, height, 0);
    }

    public static StreamInfo info(int width, int height, int rotation) {
        return new StreamInfo(
                "synthetic",
                "memory",
                width,
                height,
                rotation,
                new Rational(1, 90_000),
                new Rational(30, 1),
                new Rational(1, 1),
                ColorMetadata.UNSPECIFIED);
    }

    /** Picture number {@code index}: slopes that drift, and a square that moves. */
    public static ByteBuffer picture(StreamInfo info, int index) {
        int width = info.width();
        int height = info.height();
        ByteBuffer yuv = ByteBuffer.allocateDirect(info.yuvBytes());
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean square =
                        Math.abs(x - width / 2 - index) < width / 8
                                && Math.abs(y - height / 2) < height / 8;
                yuv.put((byte) (square ? 220 : 40 + (2 * x + y + 3 * index) % 128));
            }
        }
        int chromaWidth = (width + 1) / 2;
        int chromaHeight = (height + 1) / 2;
        for (int plane = 0; plane < 2; plane++) {
            for (int y = 0; y < chromaHeight; y++) {
                for (int x = 0; x < chromaWidth; x++) {
                    yuv.put((byte) (100 + (plane == 0 ? x : y) * 50 / chromaWidth));
                }
            }
        }
        return yuv.flip();
    }

    /** Writes pictures at these times into one segment file. */
    public static Path write(Path file, StreamInfo info, long... pts) {
        try (SegmentEncoder encoder =
                new SegmentEncoder(file, info, SegmentEncoder.Options.DEFAULT)) {
            for (int i = 0; i < pts.length; i++) {
                encoder.encode(picture(info, i), pts[i], 3000);
            }
        }
        return file;
    }

    /** Times of {@code count} pictures at 30 per second. */
    public static long[] steady(int count) {
        long[] pts = new long[count];
        for (int i = 0; i < count; i++) {
            pts[i] = 3000L * i;
        }
        return pts;
    }
}
