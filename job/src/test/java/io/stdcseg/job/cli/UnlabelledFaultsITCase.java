// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.testing.SharedData;
import io.stdcseg.video.decode.VideoDecoder;
import io.stdcseg.video.encode.SegmentEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to a camera for a moment, in the rendered clip, shows without a label. */
class UnlabelledFaultsITCase {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path CLEAN = SharedData.projectRoot().resolve("samples/street.mp4");

    private static final double BEGIN = 5;
    private static final double END = 6.5;
    private static final int BLUR = 30;

    @TempDir private Path folder;

    enum Fault {
        /** Something dark lies on the lens. */
        COVERED("drift", (info, yuv) -> fill(yuv, info, 24)),

        /** The camera hangs upside down. */
        TURNED("drift", UnlabelledFaultsITCase::turn),

        /** The lens is out of focus. */
        BLURRED("sharpness", UnlabelledFaultsITCase::blur),

        /** Another kind of camera: warm things are bright, and there are no colours. */
        THERMAL(
                "lumaDrift",
                (info, yuv) -> {
                    for (int i = 0; i < info.width() * info.height(); i++) {
                        yuv.put(i, (byte) ~yuv.get(i));
                    }
                    fillChroma(yuv, info);
                });

        private final String flag;
        private final BiConsumer<StreamInfo, ByteBuffer> change;

        /**
         * @param flag that is up for the whole time, and counted
         */
        Fault(String flag, BiConsumer<StreamInfo, ByteBuffer> change) {
            this.flag = flag;
            this.change = change;
        }
    }

    @Test
    void theClipItselfShowsNone() throws Exception {
        List<JsonNode> windows = segment(CLEAN);

        assertThat(windows)
                .hasSize(40)
                .noneMatch(UnlabelledFaultsITCase::isShown)
                .noneMatch(window -> window.get("temporalConsistencyUnusual").asBoolean());
        assertThat(windows.get(0).get("frames").asInt()).isZero();
        assertThat(windows.get(0).get("miou").isNull()).isTrue();
        assertThat(windows.get(0).get("maskFrames").asInt()).isEqualTo(15);
        assertThat(windows.get(0).get("stabilityPairs").asInt()).isEqualTo(14);
        // The drive's own motion is in one, and not in the other.
        JsonNode masks = summary().get("streams").get(0).get("masks");
        assertThat(masks.get("temporalConsistency").asDouble())
                .isGreaterThan(masks.get("stability").asDouble());
        assertThat(masks.get("classShares").get("road").asDouble()).isBetween(0.2, 0.4);
        assertThat(summary().get("masks").get("stability")).isEqualTo(masks.get("stability"));
        assertThat(summary().get("scores").isNull()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aFaultShows(Fault fault) throws Exception {
        List<JsonNode> windows = segment(faulty(fault));

        for (JsonNode window : windows) {
            double start = window.get("windowStart").asDouble();
            double end = window.get("windowEnd").asDouble();
            if (start >= BEGIN && end <= END) {
                assertThat(window.get(fault.flag + "Unusual").asBoolean())
                        .as("within the fault: %s", window)
                        .isTrue();
            } else if (end <= BEGIN) {
                assertThat(isShown(window)).as("before the fault: %s", window).isFalse();
            }
        }
        JsonNode masks = summary().get("streams").get(0).get("masks");
        assertThat(masks.get(fault.flag + "UnusualWindows").asInt()).isGreaterThanOrEqualTo(3);
        if (fault.flag.equals("drift")) {
            assertThat(masks.get("mostDriftAtSeconds").asDouble())
                    .isBetween(BEGIN - 0.5, END - 0.5);
        }
    }

    private static boolean isShown(JsonNode window) {
        return window.get("driftUnusual").asBoolean()
                || window.get("lumaDriftUnusual").asBoolean()
                || window.get("sharpnessUnusual").asBoolean()
                || window.get("uncertainShareUnusual").asBoolean();
    }

    private Path faulty(Fault fault) {
        Path file = folder.resolve("faulty.mp4");
        try (VideoDecoder video = VideoDecoder.open("street", CLEAN);
                SegmentEncoder encoder =
                        new SegmentEncoder(file, video.info(), SegmentEncoder.Options.DEFAULT)) {
            ByteBuffer yuv = ByteBuffer.allocateDirect(video.info().yuvBytes());
            while (video.advance()) {
                video.writeYuv(yuv);
                double seconds = video.info().seconds(video.pts());
                if (seconds >= BEGIN && seconds < END) {
                    fault.change.accept(video.info(), yuv);
                }
                encoder.encode(yuv, video.pts(), video.duration());
            }
        }
        return file;
    }

    private static void fill(ByteBuffer yuv, StreamInfo info, int luma) {
        for (int i = 0; i < info.width() * info.height(); i++) {
            yuv.put(i, (byte) luma);
        }
        fillChroma(yuv, info);
    }

    private static void fillChroma(ByteBuffer yuv, StreamInfo info) {
        for (int i = info.width() * info.height(); i < info.yuvBytes(); i++) {
            yuv.put(i, (byte) 128);
        }
    }

    private static void turn(StreamInfo info, ByteBuffer yuv) {
        int luma = info.width() * info.height();
        int chroma = (info.yuvBytes() - luma) / 2;
        reverse(yuv, 0, luma);
        reverse(yuv, luma, luma + chroma);
        reverse(yuv, luma + chroma, info.yuvBytes());
    }

    /** Luma becomes the mean of a square around it, by its rows and then its columns. */
    private static void blur(StreamInfo info, ByteBuffer yuv) {
        int width = info.width();
        int height = info.height();
        byte[] luma = new byte[width * height];
        yuv.get(0, luma);
        byte[] rows = means(luma, width, 1);
        yuv.put(0, means(rows, width, width));
    }

    private static byte[] means(byte[] luma, int width, int step) {
        int line = step == 1 ? width : luma.length / width;
        byte[] means = new byte[luma.length];
        for (int i = 0; i < luma.length; i++) {
            int place = step == 1 ? i % width : i / width;
            int sum = 0;
            for (int d = -BLUR; d <= BLUR; d++) {
                int near = Math.min(Math.max(place + d, 0), line - 1);
                sum += luma[i + (near - place) * step] & 255;
            }
            means[i] = (byte) (sum / (2 * BLUR + 1));
        }
        return means;
    }

    private static void reverse(ByteBuffer bytes, int from, int to) {
        for (int low = from, high = to - 1; low < high; low++, high--) {
            byte other = bytes.get(low);
            bytes.put(low, bytes.get(high));
            bytes.put(high, other);
        }
    }

    private List<JsonNode> segment(Path video) throws IOException {
        CommandLineRunner stdc = new CommandLineRunner();
        int code =
                stdc.run(
                        "segment",
                        "--source",
                        video.toString(),
                        "--output",
                        folder.resolve("out").toString(),
                        "--write",
                        "scores,confidence",
                        "--height",
                        "120",
                        "--window",
                        "1s",
                        "--slide",
                        "250ms");
        assertThat(code).as(stdc.err()).isZero();
        List<JsonNode> windows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("out/scores"))) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    windows.add(MAPPER.readTree(line));
                }
            }
        }
        return windows;
    }

    private JsonNode summary() throws IOException {
        return MAPPER.readTree(folder.resolve("out/summary.json").toFile());
    }
}
