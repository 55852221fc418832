// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.job.output.OutputClaim;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.label.MaskFiles;
import io.stdcseg.testing.SharedData;
import io.stdcseg.video.decode.VideoDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job as users run it: the real network on real files, on a Flink cluster in this JVM. */
class SegmentITCase {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path SAMPLES = SharedData.projectRoot().resolve("samples");

    private final CommandLineRunner stdc = new CommandLineRunner();

    @TempDir private Path output;

    @Test
    void segmentsAndScoresTheSample() throws Exception {
        segment(
                "--source",
                SAMPLES.resolve("street.mp4").toString(),
                "--labels",
                SAMPLES.resolve("labels").toString(),
                "--write",
                "video,masks,confidence,scores,throughput,report",
                "--max-frames",
                "20",
                "--window",
                "1",
                "--slide",
                "0.5",
                "--checkpoint-interval",
                "500ms");

        JsonNode summary = MAPPER.readTree(output.resolve("summary.json").toFile());
        assertThat(summary.get("frames").asInt()).isEqualTo(20);
        assertThat(summary.get("model").asText()).isEqualTo("stdc1-camvid");
        assertThat(summary.get("scores").get("frames").asInt()).isEqualTo(20);
        assertThat(summary.get("scores").get("iou").get("road").asDouble()).isGreaterThan(0.85);
        assertThat(summary.get("scores").get("expectedCalibrationError").asDouble())
                .isBetween(0.0, 0.2);
        assertThat(summary.get("masks").get("uncertainShare").asDouble()).isBetween(1e-4, 0.2);
        assertThat(summary.get("streams").get(0).get("name").asText()).isEqualTo("street");
        assertThat(times(output.resolve("street.masked.mp4")))
                .isEqualTo(times(SAMPLES.resolve("street.mp4")).subList(0, 20));
        MaskFiles.Ids mask = MaskFiles.read(output.resolve("masks/street/000019.png"));
        assertThat(List.of(mask.width(), mask.height())).containsExactly(640, 360);
        MaskFiles.Ids margins = MaskFiles.read(output.resolve("confidence/street/000019.png"));
        assertThat(List.of(margins.width(), margins.height())).containsExactly(640, 360);
        List<JsonNode> windows = lines("scores");
        assertThat(windows).isNotEmpty();
        assertThat(windows.get(0).get("windowStart").asDouble()).isZero();
        assertThat(windows.get(0).get("windowEnd").asDouble()).isEqualTo(1.0);
        assertThat(windows.get(0).get("frames").asInt()).isEqualTo(15);
        assertThat(lines("throughput")).isNotEmpty();
        assertThat(output.resolve("report.html")).content().contains("\"frames\":20");
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "confidence",
                        "masks",
                        "report.html",
                        "scores",
                        "street.masked.mp4",
                        "summary.json",
                        "throughput");
    }

    @Test
    void aModelWithoutFileIsTheNetworkOfTheProjectsWeights() throws Exception {
        segment(
                "--source",
                SAMPLES.resolve("street.mp4").toString(),
                "--model",
                "stdc2-seg75",
                "--precision",
                "fp32",
                "--max-frames",
                "2",
                "--write",
                "report");

        JsonNode summary = MAPPER.readTree(output.resolve("summary.json").toFile());
        assertThat(summary.get("frames").asInt()).isEqualTo(2);
        assertThat(summary.get("model").asText()).startsWith("stdc2-");
        assertThat(summary.get("scale").asText()).isEqualTo("height 360");
        assertThat(summary.get("weights").get("file").asText()).isEqualTo("stdc2.safetensors");
        assertThat(output.resolve("report.html")).content().contains("stdc2.safetensors");
    }

    @Test
    void aSecondRunReplacesTheFirst() throws Exception {
        for (String frames : List.of("6", "3")) {
            segment(
                    "--source", SAMPLES.resolve("street.mp4").toString(),
                    "--labels", SAMPLES.resolve("labels").toString(),
                    "--max-frames", frames);
        }

        assertThat(times(output.resolve("street.masked.mp4"))).hasSize(3);
        assertThat(lines("scores")).allMatch(line -> line.get("frames").asInt() <= 3);
    }

    @Test
    void aPlaylistAndFilesOfEqualLengthHoldEveryFrameOnce() throws Exception {
        String video = SAMPLES.resolve("street.mp4").toString();
        List<Double> times = times(SAMPLES.resolve("street.mp4")).subList(0, 20);
        segment(
                "--source", video,
                "--max-frames", "20",
                "--write", "video,hls",
                "--chunk", "0.6s",
                "--checkpoint-interval", "200ms");

        assertThat(times(output.resolve("hls/street/index.m3u8"))).isEqualTo(times);
        List<Double> chunked = new ArrayList<>();
        for (int i = 0; chunked.size() < 20; i++) {
            double begin = times.get(chunked.size());
            times(output.resolve(String.format("street.masked-%06d.mp4", i)))
                    .forEach(time -> chunked.add(begin + time));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(chunked.get(i)).isCloseTo(times.get(i), within(1e-3));
        }
        assertThat(chunked).hasSize(20);
        assertThat(names()).contains("hls", "summary.json").noneMatch(n -> n.startsWith("."));

        segment("--source", video, "--max-frames", "3", "--write", "none");
        assertThat(names()).doesNotContain("hls");
    }

    @Test
    void segmentsRealVideo() throws Exception {
        Path video = SharedData.require("videos/road/motorway_720p.mp4");

        segment("--source", video.toString());

        assertThat(times(output.resolve("motorway_720p.masked.mp4")))
                .hasSize(88)
                .isEqualTo(times(video));
    }

    @Test
    void goesOnWithoutTheSourceThatCannotBeRead() throws Exception {
        Path broken = Files.writeString(output.resolve("broken.mp4"), "x");
        segment(
                "--source",
                broken.toString(),
                "--source",
                SAMPLES.resolve("street.mp4").toString(),
                "--max-frames",
                "3",
                "--on-error",
                "skip");

        JsonNode streams = MAPPER.readTree(output.resolve("summary.json").toFile()).get("streams");
        assertThat(streams.get(0).get("name").asText()).isEqualTo("broken");
        assertThat(streams.get(0).get("error").asText()).contains("broken.mp4");
        assertThat(streams.get(1).get("frames").asInt()).isEqualTo(3);
        assertThat(output.resolve("broken.masked.mp4")).doesNotExist();
    }

    @Test
    void endsOnASourceThatCannotBeRead() throws Exception {
        Path broken = Files.writeString(output.resolve("broken.mp4"), "x");

        int code =
                stdc.run("segment", "--source", broken.toString(), "--output", output.toString());

        assertThat(code).isEqualTo(2);
        assertThat(stdc.err()).contains("broken.mp4").hasLineCount(1);
        // Before anything was started, or claimed, for it.
        assertThat(names()).containsExactly("broken.mp4");
    }

    @Test
    void leavesNothingUnfinishedWhereItFails() throws Exception {
        Path labels = Files.createDirectories(output.resolve("labels"));
        Files.writeString(labels.resolve("000005.png"), "no picture");
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Set<Path> before = children(temporary);

        int code =
                stdc.run(
                        "segment",
                        "--source",
                        SAMPLES.resolve("street.mp4").toString(),
                        "--labels",
                        labels.toString(),
                        "--output",
                        output.toString());

        assertThat(code).isEqualTo(2);
        assertThat(stdc.err()).contains("000005.png").hasLineCount(1);
        assertThat(names()).allMatch(name -> !name.startsWith("."));
        assertThat(children(output.resolve("throughput"))).isEmpty();
        assertThat(children(temporary))
                .filteredOn(file -> !before.contains(file))
                .noneMatch(file -> file.getFileName().toString().startsWith("stdc-cluster"));
    }

    @Test
    void aFolderThatAnotherJobWritesToIsLeftAlone() throws Exception {
        Path lines = output.resolve("scores/scores-000000-0a1b2c3d.jsonl");
        Path unfinished = output.resolve("throughput/.throughput-000001-0a1b2c3d.jsonl");
        Path segment = output.resolve(".staging-0a1b2c3d/segment.mp4");
        Path kept = output.resolve(".resume-0a1b2c3d/options.json");
        for (Path file :
                List.of(lines, unfinished, segment, kept, output.resolve("summary.json"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
        }
        String[] job = {
            "segment",
            "--source",
            SAMPLES.resolve("street.mp4").toString(),
            "--max-frames",
            "2",
            "--output",
            output.toString()
        };
        OutputClaim.Holder other = OutputFolder.of(output).hold();

        assertThat(stdc.run(job)).isEqualTo(2);
        assertThat(stdc.err())
                .contains("--output " + output + " is being written to by another job; another")
                .hasLineCount(1);
        assertThat(List.of(lines, unfinished, segment, kept)).allMatch(Files::exists);
        assertThat(output.resolve("summary.json")).hasContent("x");

        other.release();
        assertThat(stdc.run(job)).isZero();
        assertThat(List.of(lines, unfinished, segment, kept)).noneMatch(Files::exists);
        assertThat(names()).allMatch(name -> !name.startsWith("."));
    }

    private static Set<Path> children(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toSet());
        }
    }

    private void segment(String... options) {
        List<String> args = new ArrayList<>(List.of("segment", "--output", output.toString()));
        args.addAll(List.of(options));
        int code = stdc.run(args.toArray(String[]::new));
        assertThat(code).as(stdc.err()).isZero();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(output)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private List<JsonNode> lines(String folder) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(output.resolve(folder))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    lines.add(MAPPER.readTree(line));
                }
            }
        }
        return lines;
    }

    private static List<Double> times(Path video) {
        List<Double> times = new ArrayList<>();
        try (VideoDecoder decoder = VideoDecoder.open("times", video)) {
            while (decoder.advance()) {
                times.add(Math.round(decoder.info().seconds(decoder.pts()) * 1e4) / 1e4);
            }
        }
        return times;
    }
}
