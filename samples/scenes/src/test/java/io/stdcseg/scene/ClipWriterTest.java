// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.scene.render.Framebuffer;
import io.stdcseg.testing.SharedData;
import io.stdcseg.video.decode.VideoDecoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipWriterTest {

    private static final SceneOptions SMALL = new SceneOptions(4, 96, 64, 10);

    @TempDir Path folder;

    @Test
    void writesEveryFrameAndItsLabels() throws IOException {
        List<Long> told = new ArrayList<>();
        ClipWriter.write(folder, SMALL, 0.5, told::add);
        assertThat(told).containsExactly(1L, 2L, 3L, 4L, 5L);
        StreetScene scene = new StreetScene(SMALL);
        try (VideoDecoder video = VideoDecoder.open("street", folder.resolve("street.mp4"))) {
            assertThat(video.info().frameRate().value()).isEqualTo(10);
            ByteBuffer seen = ByteBuffer.allocateDirect(video.info().rgbBytes());
            for (int frame = 0; frame < 5; frame++) {
                Framebuffer picture = scene.render(frame);
                assertThat(video.advance()).isTrue();
                assertThat(video.info().seconds(video.pts())).isEqualTo(frame / 10.0);
                video.writeRgb(seen);
                assertThat(difference(seen, picture.rgb())).isLessThan(6);
                assertThat(labels(folder.resolve("labels/00000" + frame + ".png")))
                        .isEqualTo(picture.labels());
            }
            assertThat(video.advance()).isFalse();
        }
    }

    @Test
    void writesTheSameBytesAgain() throws IOException {
        ClipWriter.write(folder.resolve("a"), SMALL, 1, frame -> {});
        ClipWriter.write(folder.resolve("b"), SMALL, 1, frame -> {});
        assertThat(folder.resolve("a/street.mp4"))
                .hasSameBinaryContentAs(folder.resolve("b/street.mp4"));
    }

    @Test
    void rendersTheLabelsOfTheSampleClip() throws IOException {
        StreetScene scene = new StreetScene(SceneOptions.DEFAULT);
        for (int frame : new int[] {0, 149}) {
            String name = String.format(Locale.ROOT, "samples/labels/%06d.png", frame);
            assertThat(labels(SharedData.projectRoot().resolve(name)))
                    .isEqualTo(scene.render(frame).labels());
        }
    }

    @Test
    void leavesNothingOfALongerClip() throws IOException {
        ClipWriter.write(folder, SMALL, 0.4, frame -> {});
        ClipWriter.write(folder, SMALL, 0.2, frame -> {});
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(
                            files.filter(Files::isRegularFile)
                                    .map(folder::relativize)
                                    .map(Path::toString))
                    .containsExactlyInAnyOrder(
                            "street.mp4", "labels/000000.png", "labels/000001.png");
        }
    }

    @Test
    void refusesALengthWithoutFrames() {
        assertThatThrownBy(() -> ClipWriter.write(folder, SMALL, 0.01, frame -> {}))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "length 0.01 s of a clip; 1 to 1000000 frames are allowed, at 10.0"
                                + " frames/s");
    }

    private static byte[] labels(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
        return (byte[])
                image.getRaster().getDataElements(0, 0, image.getWidth(), image.getHeight(), null);
    }

    private static double difference(ByteBuffer seen, byte[] rendered) {
        double sum = 0;
        for (int i = 0; i < rendered.length; i++) {
            sum += Math.abs((seen.get(i) & 255) - (rendered[i] & 255));
        }
        return sum / rendered.length;
    }
}
