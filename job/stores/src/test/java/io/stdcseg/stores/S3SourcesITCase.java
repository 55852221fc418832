// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.stores;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.job.cli.Stdc;
import io.stdcseg.testing.SharedData;
import io.stdcseg.video.decode.VideoDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the job reads lies on an S3 server; what comes out is as from local files. */
class S3SourcesITCase {

    private static final Path SAMPLES = SharedData.projectRoot().resolve("samples");

    private static S3Server server;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = new S3Server();
        Configuration settings = Configuration.fromMap(server.settings());
        FileSystem.initialize(settings, PluginUtils.createPluginManagerFromRootFolder(settings));
        server.put("clips/street.mp4", SAMPLES.resolve("street.mp4"));
        server.put("street labels", SAMPLES.resolve("labels"));
        server.put("weights/own.safetensors", SAMPLES.resolve("weights/default.safetensors"));
    }

    @AfterAll
    static void stop() throws Exception {
        FileSystem.initialize(new Configuration(), null);
        server.close();
    }

    @Test
    void videoLabelsAndWeightsGiveWhatLocalOnesGive() throws Exception {
        JsonNode local =
                segment(
                        "local",
                        SAMPLES.resolve("street.mp4").toString(),
                        SAMPLES.resolve("labels").toString(),
                        SAMPLES.resolve("weights/default.safetensors").toString());
        JsonNode stored =
                segment(
                        "stored",
                        S3Server.uri("clips/*.mp4"),
                        S3Server.uri("street labels"),
                        S3Server.uri("weights/own.safetensors"));

        assertThat(stored.get("frames").asInt()).isEqualTo(20);
        assertThat(stored.get("scores")).isEqualTo(local.get("scores"));
        assertThat(stored.get("scores").get("frames").asInt()).isEqualTo(20);
        JsonNode stream = stored.get("streams").get(0);
        assertThat(stream.get("name").asText()).isEqualTo("street");
        assertThat(stream.get("source").asText()).isEqualTo(S3Server.uri("clips/street.mp4"));
        assertThat(stored.get("weights").toString()).contains(S3Server.uri("weights/own"));
        assertThat(masks("stored")).hasSize(20).isEqualTo(masks("local"));
        assertThat(times("stored")).hasSize(20).isEqualTo(times("local"));
    }

    private List<Long> times(String output) {
        List<Long> times = new ArrayList<>();
        Path file = folder.resolve(output).resolve("street.masked.mp4");
        try (VideoDecoder video = VideoDecoder.open("v", file)) {
            while (video.advance()) {
                times.add(video.pts());
            }
        }
        return times;
    }

    @Test
    void picturesGiveWhatLocalOnesGive() throws Exception {
        Path pictures = Files.createDirectories(folder.resolve("pictures/a b"));
        for (int i = 0; i < 3; i++) {
            Files.copy(
                    SAMPLES.resolve("labels/" + String.format("%06d.png", i)),
                    pictures.resolve("é" + i + ".png"));
        }
        server.put("pictures", folder.resolve("pictures"));

        segment("local", folder.resolve("pictures").toString(), null, null);
        segment("stored", S3Server.uri("pictures"), null, null);

        assertThat(masks("stored"))
                .containsOnlyKeys(
                        "pictures/a b/é0.png", "pictures/a b/é1.png", "pictures/a b/é2.png")
                .isEqualTo(masks("local"));
    }

    @Test
    void pictureIsPredictedAsALocalOne() throws IOException {
        Path picture = SAMPLES.resolve("labels/000000.png");
        server.put("one.png", picture);

        predict(picture.toString(), "local.png");
        predict(S3Server.uri("one.png"), "stored.png");

        assertThat(folder.resolve("stored.png"))
                .hasSameBinaryContentAs(folder.resolve("local.png"));
    }

    private void predict(String image, String mask) {
        String output = folder.resolve(mask).toString();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code =
                new Stdc(stream(new ByteArrayOutputStream()), stream(err))
                        .run("predict", "--image", image, "--output", output);
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    }

    @Test
    void whatIsWrongIsSaidInOneLine() {
        List<String> source = List.of("segment", "--output", folder.toString(), "--source");

        assertThat(fail(source, S3Server.uri("clips/none.mp4")))
                .isEqualTo("stdc: source 's3://bucket/clips/none.mp4' does not exist\n");
        assertThat(fail(source, S3Server.uri("none/*.mp4")))
                .isEqualTo(
                        "stdc: source 's3://bucket/none/*.mp4': folder s3://bucket/none of the"
                                + " glob does not exist\n");
        assertThat(fail(source, "s3://nobucket/a.mp4"))
                .startsWith("stdc: ")
                .contains("s3://nobucket/a.mp4")
                .hasLineCount(1);
        assertThat(fail(source, "oss://bucket/a.mp4"))
                .startsWith("stdc: 'oss://bucket/a.mp4': Flink has no file system for oss here");
        assertThat(fail(List.of("segment", "--source", "a.mp4", "--output"), "s3://nobucket/out"))
                .startsWith("stdc: ")
                .hasLineCount(1);
    }

    private static String fail(List<String> arguments, String last) {
        List<String> all = new ArrayList<>(arguments);
        all.add(last);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(
                        new Stdc(stream(new ByteArrayOutputStream()), stream(err))
                                .run(all.toArray(String[]::new)))
                .isEqualTo(2);
        return err.toString(StandardCharsets.UTF_8);
    }

    private JsonNode segment(String output, String source, String labels, String weights)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of("segment", "--source", source));
        arguments.addAll(List.of("--output", folder.resolve(output).toString()));
        arguments.addAll(List.of("--write", "video,masks,scores,report", "--max-frames", "20"));
        arguments.addAll(List.of("--checkpoint-interval", "1s"));
        if (labels != null) {
            arguments.addAll(List.of("--labels", labels));
        }
        if (weights != null) {
            arguments.addAll(List.of("--weights", weights));
        }
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code =
                new Stdc(stream(new ByteArrayOutputStream()), stream(err))
                        .run(arguments.toArray(String[]::new));
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return new ObjectMapper().readTree(folder.resolve(output + "/summary.json").toFile());
    }

    /** Mask files by their paths, as texts: they compare and print well. */
    private TreeMap<String, String> masks(String output) throws IOException {
        Path masks = folder.resolve(output).resolve("masks");
        TreeMap<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(masks)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(
                        masks.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return found;
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
