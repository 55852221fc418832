// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.testing.SharedData;
import io.stdcseg.testing.Streets;
import io.stdcseg.testing.TestLabels;
import io.stdcseg.video.decode.VideoDecoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories of pictures as users give them: at any rate, and data sets as they are laid out. */
class PictureSequenceITCase {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final int ROAD = 3;

    private final CommandLineRunner stdc = new CommandLineRunner();

    @TempDir private Path folder;

    @Test
    void picturesAreShownAtTheRateThatIsGiven() throws Exception {
        for (int i = 1; i <= 4; i++) {
            picture("pictures/" + i + ".png");
        }

        segment(folder.resolve("pictures"), "--fps", "29.97");

        assertThat(seconds("pictures"))
                .containsExactly(0.0, 1001 / 30e3, 2 * 1001 / 30e3, 3 * 1001 / 30e3);
    }

    @Test
    void sequencesOfCityscapesAreStreamsWithTheTimesOfTheirFrames() throws Exception {
        String city = "set/leftImg8bit_sequence/val/frankfurt/frankfurt_";
        for (String frame : List.of("000000_000693", "000000_000694", "000000_000711")) {
            picture(city + frame + "_leftImg8bit.png");
        }
        picture(city + "000001_000019_leftImg8bit.png");

        JsonNode summary = segment(folder.resolve("set"), "--write", "video,masks");

        assertThat(summary.get("streams")).hasSize(2);
        assertThat(summary.get("scores").isNull()).isTrue();
        assertThat(seconds("frankfurt_000000")).containsExactly(0.0, 1 / 17.0, 18 / 17.0);
        assertThat(seconds("frankfurt_000001")).containsExactly(0.0);
        assertThat(folder.resolve("out/masks/frankfurt_000000"))
                .isDirectoryContaining("glob:**frankfurt_000000_000711_leftImg8bit.png");
    }

    @Test
    void drivesOfCamvidAreScoredByTheirLabels() throws Exception {
        for (String frame : List.of("0016E5_00390", "0016E5_00420", "0006R0_f00930")) {
            picture("set/train/images/" + frame + ".png");
            label("set/train/labels/" + frame + ".png");
        }
        picture("set/val/images/0016E5_07959.png");
        label("set/val/labels/0016E5_07959.png");

        JsonNode summary = segment(folder.resolve("set"));

        assertThat(summary.get("scores").get("frames").asInt()).isEqualTo(4);
        assertThat(names(summary)).containsExactlyInAnyOrder("0006R0", "0016E5", "0016E5-2");
        assertThat(seconds("0016E5")).containsExactly(0.0, 1.0);

        // Others, of one picture, in their place.
        label("mine/0016E5_00420.png");
        JsonNode byMine =
                segment(folder.resolve("set"), "--labels", folder.resolve("mine").toString());

        assertThat(byMine.get("scores").get("frames").asInt()).isEqualTo(1);
    }

    @Test
    void aRealDriveIsScoredAsItsFolderSays() throws Exception {
        Path camvid = SharedData.require("camvid/val");

        JsonNode summary = segment(camvid, "--every", "20");

        assertThat(names(summary)).containsExactly("0016E5");
        assertThat(summary.get("scores").get("frames").asInt()).isEqualTo(6);
        assertThat(summary.get("scores").get("miou").asDouble()).isGreaterThan(0.5);
        assertThat(seconds("0016E5").get(5)).isEqualTo(200 / 30.0);
    }

    private JsonNode segment(Path source, String... more) throws IOException {
        List<String> args = new ArrayList<>();
        args.addAll(List.of("segment", "--source", source.toString()));
        args.addAll(List.of("--output", folder.resolve("out").toString()));
        args.addAll(List.of(more));
        int code = stdc.run(args.toArray(String[]::new));
        assertThat(code).as(stdc.err()).isZero();
        return MAPPER.readTree(folder.resolve("out/summary.json").toFile());
    }

    private static List<String> names(JsonNode summary) {
        List<String> names = new ArrayList<>();
        summary.get("streams").forEach(stream -> names.add(stream.get("name").asText()));
        return names;
    }

    /** Times of the masked video's frames, exact in ticks. */
    private List<Double> seconds(String stream) {
        List<Double> seconds = new ArrayList<>();
        Path video = folder.resolve("out/" + stream + ".masked.mp4");
        try (VideoDecoder decoder = VideoDecoder.open(stream, video)) {
            while (decoder.advance()) {
                double ticks = decoder.pts() * (double) decoder.info().timeBase().numerator();
                seconds.add(ticks / decoder.info().timeBase().denominator());
            }
        }
        return seconds;
    }

    private void picture(String relative) throws IOException {
        byte[] rgb = Streets.rgb(1, WIDTH, HEIGHT);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int red = rgb[3 * i] & 255;
            int green = rgb[3 * i + 1] & 255;
            image.setRGB(i % WIDTH, i / WIDTH, red << 16 | green << 8 | rgb[3 * i + 2] & 255);
        }
        Path file = folder.resolve(relative);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private void label(String relative) throws IOException {
        int[] road = new int[WIDTH * HEIGHT];
        Arrays.fill(road, ROAD);
        TestLabels.write(folder.resolve(relative), WIDTH, HEIGHT, road);
    }
}
