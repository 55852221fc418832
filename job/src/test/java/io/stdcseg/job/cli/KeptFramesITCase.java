// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.label.LabelSet;
import io.stdcseg.label.MaskFiles;
import io.stdcseg.testing.SharedData;
import io.stdcseg.training.data.DatasetLayout;
import io.stdcseg.training.data.LabelledPicture;
import io.stdcseg.training.data.SegmentationDataset;
import io.stdcseg.training.data.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames of the sample clip that are worth a look. */
class KeptFramesITCase {

    private static final int KEPT = 6;

    @TempDir private Path folder;

    private final CommandLineRunner stdc = new CommandLineRunner();

    @Test
    void theyAreTheSameHoweverManySlotsReadTheClipAndATrainingReadsThem() throws IOException {
        Path alone = segment("alone", "--write", "masks", "--parallelism", "1");
        Path together = segment("together", "--write", "report", "--parallelism", "2");

        assertThat(KeptFiles.of(together))
                .hasSize(1 + 2 * KEPT)
                .containsExactlyEntriesOf(KeptFiles.of(alone));
        assertThat(together.resolve("report.html"))
                .content()
                .contains("\"kept\":" + KEPT, "\"source\":\"data:image/jpeg;base64,")
                .doesNotContain("\"difference\":\"data:");

        SegmentationDataset extra = asATrainingReads(alone.resolve("frames"));
        List<JsonNode> kept = kept(alone);
        assertThat(extra.size()).isEqualTo(kept.size()).isEqualTo(KEPT);
        for (int i = 0; i < KEPT; i++) {
            LabelledPicture picture = extra.read(i);
            int frame = Integer.parseInt(picture.name().replaceAll("street_|.jpg", ""));
            Path mask = alone.resolve(String.format(Locale.ROOT, "masks/street/%06d.png", frame));
            assertThat(picture.labels()).isEqualTo(MaskFiles.read(mask).ids());
            assertThat(kept).anyMatch(line -> line.get("frame").asInt() == frame);
        }
    }

    @Test
    void framesWithLabelsAreThoseOfTheLowestMiou() throws IOException {
        Path labelled =
                segment(
                        "labelled",
                        "--write",
                        "report",
                        "--labels",
                        samples().resolve("labels").toString());

        List<JsonNode> kept = kept(labelled);
        assertThat(kept)
                .hasSize(KEPT)
                .allMatch(line -> line.get("reason").asText().equals("miou"))
                .extracting(line -> line.get("miou").asDouble())
                .isSorted();
        assertThat(labelled.resolve("report.html"))
                .content()
                .contains("\"difference\":\"data:image/png;base64,");
    }

    /** As its own set, and as extra pictures beside one. */
    private SegmentationDataset asATrainingReads(Path frames) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.createSymbolicLink(data.resolve("train"), frames);
        Files.createSymbolicLink(data.resolve("val"), frames);
        TrainingData read =
                TrainingData.of(
                        data,
                        List.of(frames),
                        List.of(),
                        LabelSet.of("camvid"),
                        DatasetLayout.USUAL);
        read.training().requireClasses();
        return read.extra();
    }

    private Path segment(String name, String... more) {
        Path output = folder.resolve(name);
        List<String> args = new ArrayList<>(List.of("segment", "--output", output.toString()));
        args.addAll(List.of("--source", samples().resolve("street.mp4").toString()));
        args.addAll(List.of("--height", "64", "--engine", "pytorch", "--precision", "fp32"));
        args.addAll(List.of("--range", "2s", "--checkpoint-interval", "500ms"));
        args.addAll(List.of("--keep-frames", String.valueOf(KEPT)));
        args.addAll(List.of(more));
        assertThat(stdc.run(args.toArray(String[]::new))).as(stdc.err()).isZero();
        return output;
    }

    private static List<JsonNode> kept(Path output) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(output.resolve("frames/frames.jsonl"))) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }

    private static Path samples() {
        return SharedData.projectRoot().resolve("samples").toAbsolutePath().normalize();
    }
}
