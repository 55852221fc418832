// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.NativeMemory;
import io.stdcseg.video.decode.VideoDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Decodes a video, encodes it in segments, and joins them again. */
public final class RoundTrip {

    private RoundTrip() {}

    /** Pictures of a video: times, and how bright each is at a few places. */
    public record Decoded(StreamInfo info, List<Long> pts, List<byte[]> yuv) {}

    public static Decoded decode(Path file) {
        try (VideoDecoder video = VideoDecoder.open("v", file)) {
            List<Long> pts = new ArrayList<>();
            List<byte[]> yuv = new ArrayList<>();
            ByteBuffer buffer = ByteBuffer.allocateDirect(video.info().yuvBytes());
            while (video.advance()) {
                pts.add(video.pts());
                video.writeYuv(buffer);
                byte[] copy = new byte[buffer.capacity()];
                buffer.get(0, copy);
                yuv.add(copy);
            }
            return new Decoded(video.info(), pts, yuv);
        }
    }

    /** Writes {@code output} from {@code source}, cut into that many segments. */
    static StreamInfo rewrite(Path source, int segments, Path folder, Path output)
            throws IOException {
        try (VideoDecoder video = VideoDecoder.open("v", source)) {
            long perSegment = Math.max(1, video.estimatedFrames() / segments);
            BufferPool.Memory memory = new NativeMemory().allocate(video.info().yuvBytes());
            List<Path> files = new ArrayList<>();
            SegmentEncoder encoder = null;
            while (video.advance()) {
                if (encoder == null || files.size() < segments && encoder.frames() == perSegment) {
                    if (encoder != null) {
                        encoder.close();
                    }
                    files.add(folder.resolve("segment" + files.size() + ".mp4"));
                    encoder =
                            new SegmentEncoder(
                                    files.get(files.size() - 1),
                                    video.info(),
                                    SegmentEncoder.Options.DEFAULT);
                }
                video.writeYuv(memory.bytes());
                encoder.encode(memory.bytes(), video.pts(), video.duration());
            }
            encoder.close();
            memory.free();
            SegmentJoiner.join(files, video.info(), source, output);
            return video.info();
        }
    }

    /** Peak signal to noise ratio of two pictures' luma, in dB. */
    static double psnr(byte[] a, byte[] b, int pixels) {
        long sum = 0;
        for (int i = 0; i < pixels; i++) {
            int difference = (a[i] & 255) - (b[i] & 255);
            sum += (long) difference * difference;
        }
        return 10 * Math.log10(255.0 * 255 * pixels / Math.max(1, sum));
    }
}
