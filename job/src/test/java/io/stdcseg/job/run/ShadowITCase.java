// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.testing.Clips;
import io.stdcseg.label.MaskFiles;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.testing.HashedWeights;
import io.stdcseg.weights.Weights;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A second network beside the first, against what two runs' masks say. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ShadowITCase {

    private static final int FRAMES = 40;
    private static final int EVERY = 5;
    private static final int LABELLED = 10;

    @TempDir private Path folder;

    @Test
    void itsScoresAreThoseOfTwoRunsMasks() throws Exception {
        Weights usual = Weights.defaults();
        Path clip = folder.resolve("clip.mp4");
        Clips.write(clip, FRAMES);
        Path second = folder.resolve("second.safetensors");
        new Weights(
                        usual.spec(),
                        HashedWeights.plain(usual.spec()),
                        usual.labels(),
                        usual.scale(),
                        usual.modelName(),
                        "second",
                        "0")
                .write(second, ElementType.F32);
        Path labels = Files.createDirectories(folder.resolve("labels"));
        for (int i = 0; i < FRAMES; i += LABELLED) {
            MaskFiles.write(
                    labels.resolve(String.format(Locale.ROOT, "%06d.png", i)),
                    Clips.WIDTH,
                    Clips.HEIGHT,
                    ByteBuffer.allocate(Clips.WIDTH * Clips.HEIGHT));
        }

        run(
                "both",
                clip,
                "--shadow",
                second.toString(),
                "--shadow-every",
                String.valueOf(EVERY),
                "--labels",
                labels.toString());
        run("first", clip);
        run("second", clip, "--weights", second.toString());

        Path output = folder.resolve("both");
        JsonNode shadow =
                new ObjectMapper().readTree(output.resolve("summary.json").toFile()).get("shadow");
        int classes = usual.labels().size();
        long[][] agreement = new long[classes][classes];
        long[][] labelled = new long[classes][classes];
        for (int i = 0; i < FRAMES; i += EVERY) {
            byte[] one = mask("first", i);
            byte[] other = mask("second", i);
            count(one, other, agreement);
            if (i % LABELLED == 0) {
                count(new byte[one.length], other, labelled);
            }
        }
        assertThat(mask("both", 7)).isEqualTo(mask("first", 7));
        assertThat(shadow.get("frames").asInt()).isEqualTo(FRAMES / EVERY);
        assertThat(shadow.get("equalPixels").asDouble())
                .isLessThan(1)
                .isCloseTo(accuracy(agreement), within(1e-12));
        assertThat(shadow.get("miouWithFirst").asDouble())
                .isCloseTo(miou(agreement), within(1e-12));
        assertThat(shadow.get("labelledFrames").asInt()).isEqualTo(FRAMES / LABELLED);
        assertThat(shadow.get("miou").asDouble()).isCloseTo(miou(labelled), within(1e-12));
        try (Stream<Path> lines = Files.list(output.resolve("scores"))) {
            Path scores = lines.sorted().toList().get(0);
            assertThat(scores).content().contains("\"shadow\":{\"frames\":");
        }
    }

    private void run(String output, Path clip, String... more) throws Exception {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "--source",
                                clip.toString(),
                                "--write",
                                "masks,scores,report",
                                "--precision",
                                "fp32",
                                "--engine",
                                "pytorch",
                                "--height",
                                String.valueOf(Clips.HEIGHT),
                                "--parallelism",
                                "1",
                                "--output",
                                folder.resolve(output).toString()));
        options.addAll(List.of(more));
        SegmentSettings settings =
                SegmentSettings.of(
                        new OptionParser("segment", "", SegmentOptions.ALL)
                                .parse(options.toArray(String[]::new)));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        new SegmentPipeline(settings).build(env);
        env.execute("shadow");
    }

    private byte[] mask(String output, int frame) {
        String name = String.format(Locale.ROOT, "%s/masks/clip/%06d.png", output, frame);
        return MaskFiles.read(folder.resolve(name)).ids();
    }

    private static void count(byte[] labels, byte[] predictions, long[][] counts) {
        for (int i = 0; i < labels.length; i++) {
            counts[labels[i]][predictions[i]]++;
        }
    }

    private static double accuracy(long[][] counts) {
        long right = 0;
        long all = 0;
        for (int a = 0; a < counts.length; a++) {
            right += counts[a][a];
            for (long count : counts[a]) {
                all += count;
            }
        }
        return right / (double) all;
    }

    /** Over the classes that occur, as published. */
    private static double miou(long[][] counts) {
        double sum = 0;
        int classes = 0;
        for (int c = 0; c < counts.length; c++) {
            long union = -counts[c][c];
            for (int other = 0; other < counts.length; other++) {
                union += counts[c][other] + counts[other][c];
            }
            if (union > 0) {
                sum += counts[c][c] / (double) union;
                classes++;
            }
        }
        return sum / classes;
    }
}
