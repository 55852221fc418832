// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** HLS playlists with fMP4 segments, as FFmpeg writes them. */
public final class TestPlaylists {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 180;
    private static final int RATE = 10;

    private TestPlaylists() {}

    /** Writes {@code index.m3u8} and its segments of one second: a bar that goes to the right. */
    public static Path write(Path folder, int seconds) throws IOException {
        avutil.av_log_set_level(avutil.AV_LOG_ERROR);
        Files.createDirectories(folder);
        Path playlist = folder.resolve("index.m3u8");
        try (FFmpegFrameRecorder recorder =
                new FFmpegFrameRecorder(playlist.toFile(), WIDTH, HEIGHT)) {
            recorder.setFormat("hls");
            recorder.setVideoCodecName("libopenh264");
            recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
            recorder.setFrameRate(RATE);
            recorder.setGopSize(RATE);
            recorder.setVideoBitrate(300_000);
            recorder.setOption("hls_time", "1");
            recorder.setOption("hls_list_size", "0");
            recorder.setOption("hls_segment_type", "fmp4");
            recorder.start();
            try (Frame frame = new Frame(WIDTH, HEIGHT, Frame.DEPTH_UBYTE, 3)) {
                for (int i = 0; i < seconds * RATE; i++) {
                    draw(frame, 4 * i % WIDTH);
                    recorder.record(frame, avutil.AV_PIX_FMT_BGR24);
                }
            }
            recorder.stop();
        }
        return playlist;
    }

    private static void draw(Frame frame, int bar) {
        ByteBuffer pixels = (ByteBuffer) frame.image[0];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int at = y * frame.imageStride + 3 * x;
                boolean inBar = Math.abs(x - bar) < 8;
                pixels.put(at, (byte) (inBar ? 40 : 128));
                pixels.put(at + 1, (byte) (inBar ? 220 : y));
                pixels.put(at + 2, (byte) (inBar ? 240 : x / 2));
            }
        }
    }
}
