// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0

import com.sun.management.OperatingSystemMXBean;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.label.MaskFileReader;
import io.stdcseg.video.Container;
import io.stdcseg.video.VideoCodec;
import io.stdcseg.video.decode.VideoDecoder;
import io.stdcseg.video.encode.EncoderEffort;
import io.stdcseg.video.encode.SegmentEncoder;
import io.stdcseg.video.encode.SegmentEncoder.Options;
import io.stdcseg.video.encode.VideoFormat;
import io.stdcseg.video.overlay.Overlay;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What each encoder of this build costs and gives: {@code VIDEO MASKS ROUNDS}, where MASKS is the
 * folder of the video's mask pictures. Prints a table in Markdown: processor time over all threads
 * and time on the clock, milliseconds for a frame; kilobytes of all frames; SSIM of luma. Encoders
 * take turns.
 */
final class Encoders {

    /** Pictures that are kept: a hundred of 1280x720 take 140 MB. */
    private static final int KEPT = 100;

    private static final int[] QUALITIES = {30, 60, 90};
    private static final int[] THREADS = {1, 2};

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final StreamInfo info;
    private final List<ByteBuffer> pictures;
    private final Path file;

    private Encoders(StreamInfo info, List<ByteBuffer> pictures, Path file) {
        this.info = info;
        this.pictures = pictures;
        this.file = file;
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 3 || !args[2].matches("[1-9]\\d*")) {
            System.err.println("usage: Encoders.java VIDEO MASKS ROUNDS");
            System.exit(2);
        }
        List<ByteBuffer> pictures = new ArrayList<>();
        StreamInfo info = overlays(Path.of(args[0]), Path.of(args[1]), pictures);
        Path file = Files.createTempFile("stdc-encoders", ".mkv");
        try {
            new Encoders(info, pictures, file).run(Integer.parseInt(args[2]));
        } finally {
            Files.delete(file);
        }
    }

    /** The frames of a masked video before they are encoded. */
    private static StreamInfo overlays(Path file, Path masks, List<ByteBuffer> pictures) {
        Overlay overlay = new Overlay(LabelSet.of("camvid"), 0.5);
        MaskFileReader reader = new MaskFileReader();
        try (VideoDecoder video = VideoDecoder.open("encoders", file)) {
            while (pictures.size() < KEPT && video.advance()) {
                ByteBuffer yuv = ByteBuffer.allocateDirect(video.info().yuvBytes());
                video.writeYuv(yuv);
                String name = String.format(Locale.ROOT, "%06d.png", pictures.size());
                ByteBuffer ids = ByteBuffer.wrap(reader.read(masks.resolve(name)).ids());
                overlay.draw(yuv, video.info(), ids);
                pictures.add(yuv);
            }
            return video.info();
        }
    }

    private void run(int rounds) {
        List<Row> rows = new ArrayList<>();
        for (VideoCodec codec : VideoCodec.values()) {
            for (int threads : THREADS) {
                for (int quality : QUALITIES) {
                    VideoFormat format = new VideoFormat(codec, Container.MKV, quality, null);
                    rows.add(new Row(new Options(threads, 2).withFormat(format)));
                    if (codec == VideoCodec.H264) {
                        rows.add(
                                new Row(
                                        new Options(threads, 2)
                                                .withFormat(format)
                                                .withEffort(EncoderEffort.MORE)));
                    }
                }
            }
        }
        rows.removeIf(row -> !row.works());
        // A round that does not count loads and compiles everything.
        for (int round = 0; round <= rounds; round++) {
            for (Row row : rows) {
                row.measure(round > 0);
            }
        }
        System.out.println("| encoder | threads | quality | ms | ms on the clock | kB | SSIM |");
        System.out.println("|---|---|---|---|---|---|---|");
        rows.forEach(row -> System.out.println(row.text(rounds)));
    }

    /** Mean SSIM of luma over the pictures of the file: windows of 8x8, four apart. */
    private double ssim() {
        double sum = 0;
        try (VideoDecoder video = VideoDecoder.open("encoders", file)) {
            ByteBuffer decoded = ByteBuffer.allocateDirect(video.info().yuvBytes());
            for (ByteBuffer picture : pictures) {
                video.advance();
                video.writeYuv(decoded);
                sum += ssim(picture, decoded, info.width(), info.height());
            }
        }
        return sum / pictures.size();
    }

    private static double ssim(ByteBuffer a, ByteBuffer b, int width, int height) {
        double sum = 0;
        int count = 0;
        for (int y = 0; y + 8 <= height; y += 4) {
            for (int x = 0; x + 8 <= width; x += 4) {
                sum += window(a, b, y * width + x, width);
                count++;
            }
        }
        return sum / count;
    }

    private static double window(ByteBuffer a, ByteBuffer b, int at, int width) {
        int sumA = 0;
        int sumB = 0;
        int squares = 0;
        int products = 0;
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                int p = a.get(at + y * width + x) & 0xff;
                int q = b.get(at + y * width + x) & 0xff;
                sumA += p;
                sumB += q;
                squares += p * p + q * q;
                products += p * q;
            }
        }
        double c1 = 0.01 * 0.01 * 255 * 255 * 64 * 64;
        double c2 = 0.03 * 0.03 * 255 * 255 * 64 * 63;
        double means = 2.0 * sumA * sumB;
        double both = (double) sumA * sumA + (double) sumB * sumB;
        return (means + c1)
                * (2 * (64.0 * products - (double) sumA * sumB) + c2)
                / ((both + c1) * (64.0 * squares - both + c2));
    }

    /** An encoder, set one way, and what it took so far. */
    private final class Row {

        private final Options options;
        private String encoder;
        private double processor;
        private double clock;
        private long bytes;
        private double likeness;

        Row(Options options) {
            this.options = options;
        }

        boolean works() {
            try (SegmentEncoder opened = new SegmentEncoder(file, info, options)) {
                encoder = opened.encoder();
            } catch (InputException e) {
                return false;
            }
            boolean hasEffort = encoder.equals("libx264");
            return hasEffort || options.effort() == EncoderEffort.LEAST;
        }

        void measure(boolean counts) {
            long ticks = Math.round(1 / info.frameRate().value() / info.timeBase().value());
            long processorBefore = PROCESS.getProcessCpuTime();
            long clockBefore = System.nanoTime();
            try (SegmentEncoder opened = new SegmentEncoder(file, info, options)) {
                for (int i = 0; i < pictures.size(); i++) {
                    opened.encode(pictures.get(i), i * ticks, ticks);
                }
            }
            if (counts) {
                processor += (PROCESS.getProcessCpuTime() - processorBefore) / 1e6;
                clock += (System.nanoTime() - clockBefore) / 1e6;
            } else {
                bytes = file.toFile().length();
                likeness = ssim();
            }
        }

        String text(int rounds) {
            double frames = (double) rounds * pictures.size();
            return String.format(
                    Locale.ROOT,
                    "| %s%s | %d | %d | %.1f | %.1f | %d | %.4f |",
                    encoder,
                    options.effort() == EncoderEffort.LEAST ? "" : ", more effort",
                    options.threads(),
                    options.format().quality(),
                    processor / frames,
                    clock / frames,
                    bytes / 1000,
                    likeness);
        }
    }
}
