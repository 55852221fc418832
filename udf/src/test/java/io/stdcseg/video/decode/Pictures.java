// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import io.stdcseg.frame.StreamInfo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** What a decode gives: number, time and pixels of every picture. */
record Pictures(StreamInfo info, List<Picture> all) {

    /** One picture, its pixels hashed. */
    record Picture(long number, long pts, long pixels) {}

    /** The whole file, from front to back. */
    static Pictures whole(Path file) {
        return read(file, VideoRange.WHOLE);
    }

    /** The pictures of a range. */
    static Pictures read(Path file, VideoRange range) {
        List<Picture> pictures = new ArrayList<>();
        try (VideoDecoder video =
                VideoDecoder.open("v", file, VideoDecoder.Options.DEFAULT, range)) {
            ByteBuffer yuv = ByteBuffer.allocateDirect(video.info().yuvBytes());
            while (video.advance() && video.pts() < range.endPts()) {
                if (range.holds(video.pts())) {
                    video.writeYuv(yuv);
                    CRC32 hash = new CRC32();
                    hash.update(yuv.duplicate());
                    pictures.add(new Picture(video.number(), video.pts(), hash.getValue()));
                }
            }
            return new Pictures(video.info(), pictures);
        }
    }
}
