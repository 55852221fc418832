// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.function.score.LabelFolders;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.label.MaskFileWriter;
import io.stdcseg.picture.JpegWriter;
import io.stdcseg.picture.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramePicturesTest {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 540;
    private static final byte SKY = 0;
    private static final byte ROAD = 3;

    @TempDir private Path dir;

    private OutputFolder folder;
    private FramePictures pictures;

    @BeforeEach
    void keepAFrame() throws IOException {
        folder = OutputFolder.of(dir.resolve("out"));
        Path labels = dir.resolve("labels");
        pictures =
                new FramePictures(
                        TestRuns.CAMVID, LabelFolders.common(labels.toString(), Set.of()));
        byte[] noise = new byte[3 * WIDTH * HEIGHT];
        new Random(1).nextBytes(noise);
        Path image = folder.frames().resolve("images/clip_000007.jpg");
        Files.createDirectories(image.getParent());
        try (JpegWriter writer = new JpegWriter(0.95);
                OutputStream out = Files.newOutputStream(image)) {
            writer.write(out, new Picture(WIDTH, HEIGHT, noise));
        }
        byte[] mask = new byte[WIDTH * HEIGHT];
        Arrays.fill(mask, WIDTH * HEIGHT / 2, WIDTH * HEIGHT, ROAD);
        write(folder.frames().resolve("labels/clip_000007.png"), mask);
        // The left half of what is predicted as road has no label, all of the sky is right.
        Arrays.fill(mask, WIDTH * HEIGHT / 2, WIDTH * HEIGHT, SKY);
        for (int y = HEIGHT / 2; y < HEIGHT; y++) {
            Arrays.fill(mask, y * WIDTH, y * WIDTH + WIDTH / 2, (byte) 11);
        }
        write(labels.resolve("clip/000007.png"), mask);
    }

    private static void write(Path file, byte[] mask) throws IOException {
        try (MaskFileWriter writer = new MaskFileWriter()) {
            writer.write(file, WIDTH, HEIGHT, ByteBuffer.wrap(mask));
        }
    }

    @Test
    void aFrameWithALabelHasFourPictures() throws IOException {
        list(List.of(line("0.5")));

        Map<String, Object> data = pictures.data(folder);

        assertThat(data).containsEntry("kept", 1);
        Map<?, ?> frame = (Map<?, ?>) ((List<?>) data.get("shown")).get(0);
        assertThat(frame.get("stream")).isEqualTo("clip");
        assertThat(frame.get("miou")).isEqualTo(0.5);
        Map<?, ?> shown = (Map<?, ?>) frame.get("pictures");
        assertThat(shown.keySet().stream().map(String::valueOf))
                .containsExactly("source", "prediction", "label", "difference");
        for (Object uri : shown.values()) {
            BufferedImage picture = picture(uri);
            assertThat(picture.getWidth()).isEqualTo(480);
            assertThat(picture.getHeight()).isEqualTo(270);
        }
        BufferedImage prediction = picture(shown.get("prediction"));
        assertThat(prediction.getRGB(10, 134)).isEqualTo(0xff808080);
        assertThat(prediction.getRGB(10, 135)).isEqualTo(0xff804080);
        BufferedImage difference = picture(shown.get("difference"));
        assertThat(difference.getRGB(10, 10)).isEqualTo(0xffd5d9df);
        assertThat(difference.getRGB(239, 200)).isEqualTo(0xffffffff);
        assertThat(difference.getRGB(240, 200)).isEqualTo(0xffa01010);
    }

    @Test
    void aFrameWithoutOneHasTwo() throws IOException {
        list(List.of(line("null")));

        Map<?, ?> frame = (Map<?, ?>) ((List<?>) pictures.data(folder).get("shown")).get(0);

        assertThat((Map<?, ?>) frame.get("pictures")).hasSize(2);
    }

    @Test
    void aPageHoldsSoManyPicturesAsItCan() throws IOException {
        list(Collections.nCopies(1000, line("0.5")));

        Map<String, Object> data = pictures.data(folder);

        assertThat(data).containsEntry("kept", 1000);
        List<?> shown = (List<?>) data.get("shown");
        int bytes =
                shown.stream()
                        .map(frame -> (Map<?, ?>) ((Map<?, ?>) frame).get("pictures"))
                        .flatMap(all -> all.values().stream())
                        .mapToInt(uri -> uri.toString().length())
                        .sum();
        assertThat(bytes).isBetween(FramePictures.MOST_BYTES / 2, FramePictures.MOST_BYTES);
        assertThat(
                        ReportPage.of(
                                        TestRuns.aDay(),
                                        TestRuns.CAMVID,
                                        TestRuns.EXPECTED,
                                        Map.of(),
                                        0.02,
                                        data)
                                .length())
                .isLessThan(3_000_000);
    }

    @Test
    void whereNoFrameIsKeptThereIsNoPicture() throws IOException {
        list(List.of());

        assertThat(pictures.data(folder)).isEqualTo(Map.of("kept", 0, "shown", List.of()));
    }

    private void list(List<String> lines) throws IOException {
        Files.write(folder.keptFrames(), lines);
    }

    private static String line(String miou) {
        return "{\"image\":\"images/clip_000007.jpg\",\"label\":\"labels/clip_000007.png\","
                + "\"stream\":\"clip\",\"frame\":7,\"picture\":null,\"miou\":"
                + miou
                + "}";
    }

    private static BufferedImage picture(Object uri) throws IOException {
        String text = uri.toString();
        byte[] file = Base64.getDecoder().decode(text.substring(text.indexOf(',') + 1));
        return ImageIO.read(new ByteArrayInputStream(file));
    }
}
