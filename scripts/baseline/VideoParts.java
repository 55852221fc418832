// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0

import com.sun.management.OperatingSystemMXBean;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.video.overlay.Overlay;
import io.stdcseg.video.encode.SegmentEncoder;
import io.stdcseg.video.decode.VideoDecoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code segment} does around the network, each part by itself: {@code VIDEO MASKED_VIDEO
 * ROUNDS}. Prints one line of JSON, milliseconds of processor time for a frame, over all threads:
 * FFmpeg's {@code decode} of VIDEO and {@code convert} to the planes and the RGB pixels that a frame
 * of the job has, {@code draw} of masks, FFmpeg's {@code encode} of MASKED_VIDEO's pictures.
 */
final class VideoParts {

    /** Pictures that are kept to encode: a hundred of 1280x720 take 140 MB. */
    private static final int KEPT = 100;

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    public static void main(String[] args) throws IOException {
        if (args.length != 3 || !args[2].matches("[1-9]\\d*")) {
            System.err.println("usage: VideoParts.java VIDEO MASKED_VIDEO ROUNDS");
            System.exit(2);
        }
        Path video = Path.of(args[0]);
        Path folder = Files.createTempDirectory("stdc-parts");
        try {
            List<ByteBuffer> pictures = new ArrayList<>();
            StreamInfo info = read(Path.of(args[1]), pictures);
            // A round that does not count loads and compiles everything.
            decode(video, false);
            decode(video, true);
            draw(info, pictures.get(0));
            encode(folder.resolve("first.mp4"), info, pictures);
            double decode = 0;
            double both = 0;
            double draw = 0;
            double encode = 0;
            int rounds = Integer.parseInt(args[2]);
            for (int i = 0; i < rounds; i++) {
                decode += decode(video, false);
                both += decode(video, true);
                draw += draw(info, pictures.get(0));
                encode += encode(folder.resolve(i + ".mp4"), info, pictures);
            }
            System.out.printf(
                    Locale.ROOT,
                    "{\"decode\": %.3f, \"convert\": %.3f, \"draw\": %.3f, \"encode\": %.3f}%n",
                    decode / rounds,
                    (both - decode) / rounds,
                    draw / rounds,
                    encode / rounds);
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static StreamInfo read(Path file, List<ByteBuffer> pictures) {
        try (VideoDecoder video = VideoDecoder.open("parts", file)) {
            while (pictures.size() < KEPT && video.advance()) {
                ByteBuffer yuv = ByteBuffer.allocateDirect(video.info().yuvBytes());
                video.writeYuv(yuv);
                pictures.add(yuv);
            }
            return video.info();
        }
    }

    private static double decode(Path file, boolean convert) {
        long before = PROCESS.getProcessCpuTime();
        int frames = 0;
        try (VideoDecoder video = VideoDecoder.open("parts", file)) {
            ByteBuffer yuv = ByteBuffer.allocateDirect(video.info().yuvBytes());
            ByteBuffer rgb = ByteBuffer.allocateDirect(video.info().rgbBytes());
            while (video.advance()) {
                if (convert) {
                    video.writeYuv(yuv);
                    video.writeRgb(rgb);
                }
                frames++;
            }
        }
        return (PROCESS.getProcessCpuTime() - before) / 1e6 / frames;
    }

    /** Masks of bands of all classes, again and again over the same picture. */
    private static double draw(StreamInfo info, ByteBuffer picture) {
        LabelSet labels = LabelSet.of("camvid");
        int bytes = info.yuvBytes();
        ByteBuffer yuv = ByteBuffer.allocateDirect(bytes).put(0, picture, 0, bytes);
        ByteBuffer ids = ByteBuffer.allocateDirect(info.maskBytes());
        for (int i = 0; i < info.maskBytes(); i++) {
            ids.put(i, (byte) (i / 10_000 % labels.size()));
        }
        Overlay overlay = new Overlay(labels, 0.5);
        long before = PROCESS.getProcessCpuTime();
        for (int i = 0; i < KEPT; i++) {
            overlay.draw(yuv, info, ids);
        }
        return (PROCESS.getProcessCpuTime() - before) / 1e6 / KEPT;
    }

    private static double encode(Path file, StreamInfo info, List<ByteBuffer> pictures) {
        long ticks = Math.round(1 / info.frameRate().value() / info.timeBase().value());
        long before = PROCESS.getProcessCpuTime();
        try (SegmentEncoder encoder =
                new SegmentEncoder(file, info, SegmentEncoder.Options.DEFAULT)) {
            for (int i = 0; i < pictures.size(); i++) {
                encoder.encode(pictures.get(i), i * ticks, ticks);
            }
        }
        return (PROCESS.getProcessCpuTime() - before) / 1e6 / pictures.size();
    }
}
