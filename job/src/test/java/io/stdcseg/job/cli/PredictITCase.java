// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import io.stdcseg.label.MaskFiles;
import io.stdcseg.metric.PixelCounter;
import io.stdcseg.metric.PixelCounts;
import io.stdcseg.metric.Scores;
import io.stdcseg.picture.Picture;
import io.stdcseg.picture.PictureReader;
import io.stdcseg.testing.SharedData;
import io.stdcseg.video.decode.VideoDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One picture through the real network. */
class PredictITCase {

    private static final int WIDTH = 321;
    private static final int HEIGHT = 183;
    private static final int LEFT = 160;
    private static final int TOP = 150;
    private static final int ROAD = 3;

    private final CommandLineRunner stdc = new CommandLineRunner();

    @TempDir private Path folder;

    private Path image;
    private ByteBuffer labels;

    /** The first frame of the sample clip, cut to a size that no codec likes. */
    @BeforeEach
    void cutAPicture() throws IOException {
        Path samples = SharedData.projectRoot().resolve("samples");
        MaskFiles.Ids ids = MaskFiles.read(samples.resolve("labels/000000.png"));
        ByteBuffer frame = ByteBuffer.allocateDirect(3 * ids.width() * ids.height());
        try (VideoDecoder video = VideoDecoder.open("street", samples.resolve("street.mp4"))) {
            video.advance();
            video.writeRgb(frame);
        }
        ByteBuffer rgb = ByteBuffer.allocate(3 * WIDTH * HEIGHT);
        labels = ByteBuffer.allocate(WIDTH * HEIGHT);
        for (int row = 0; row < HEIGHT; row++) {
            int first = (TOP + row) * ids.width() + LEFT;
            labels.put(ids.ids(), first, WIDTH);
            rgb.put(row * 3 * WIDTH, frame, 3 * first, 3 * WIDTH);
        }
        labels.flip();
        image = folder.resolve("street.png");
        MaskFiles.writeRgb(image, WIDTH, HEIGHT, rgb);
    }

    @Test
    void writesAMaskAndAnOverlayOfThePicturesSize() {
        Path overlay = folder.resolve("o.png");
        Path color = folder.resolve("c.png");
        MaskFiles.Ids mask =
                predict(
                        "mask.png",
                        "--overlay",
                        overlay.toString(),
                        "--color",
                        color.toString(),
                        "--palette",
                        "label-set");

        assertThat(mask.width()).isEqualTo(WIDTH);
        assertThat(mask.height()).isEqualTo(HEIGHT);
        PixelCounts counts = new PixelCounts(11);
        new PixelCounter(11).count(WIDTH, labels, ByteBuffer.wrap(mask.ids()), counts);
        assertThat(Scores.of(counts).iou()[ROAD]).isGreaterThan(0.8);
        assertThat(PictureReader.read(overlay).width()).isEqualTo(WIDTH);
        assertThat(stdc.out())
                .contains(overlay + ", " + color + ": " + WIDTH + "x" + HEIGHT + "; road ");
        Picture colors = PictureReader.read(color);
        int middle = WIDTH * (HEIGHT - 1) + WIDTH / 2;
        LabelClass below = LabelSet.of("camvid").classes().get(mask.ids()[middle]);
        assertThat(Arrays.copyOfRange(colors.rgb(), 3 * middle, 3 * middle + 3))
                .containsExactly((byte) below.red(), (byte) below.green(), (byte) below.blue());
    }

    @Test
    void picturesOfAFolderGetMasksOfTheirNames() throws IOException {
        MaskFiles.Ids one = predict("one.png");
        Path town = Files.createDirectories(folder.resolve("in/town"));
        Files.copy(image, folder.resolve("in/a.png"));
        Files.copy(image, town.resolve("b.png"));
        Path masks = folder.resolve("masks");
        Path overlays = folder.resolve("overlays");

        int code =
                stdc.run(
                        "predict",
                        "--image",
                        folder.resolve("in").toString(),
                        "--output",
                        masks.toString(),
                        "--overlay",
                        overlays.toString());

        assertThat(code).as(stdc.err()).isZero();
        assertThat(MaskFiles.read(masks.resolve("a.png")).ids()).isEqualTo(one.ids());
        assertThat(MaskFiles.read(masks.resolve("town/b.png")).ids()).isEqualTo(one.ids());
        assertThat(overlays.resolve("town/b.png")).exists();

        code = stdc.run("predict", "--image", town + "/*.png", "--output", town + "/out");
        assertThat(code).as(stdc.err()).isZero();
        assertThat(town.resolve("out/b.png")).exists();
    }

    @Test
    void twoPicturesOfOneNameAreRefusedBeforeAnythingRuns() throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        Files.copy(image, in.resolve("a.png"));
        Files.copy(image, in.resolve("a.jpg"));
        Path masks = folder.resolve("masks");

        int code = stdc.run("predict", "--image", in.toString(), "--output", masks.toString());

        assertThat(code).isEqualTo(2);
        assertThat(stdc.err())
                .contains("pictures a.jpg and a.png of " + in + " would both have the mask a.png");
        assertThat(masks).doesNotExist();
    }

    @Test
    void anExportedArchiveGivesTheSameMask() {
        Path archive = folder.resolve("network.pt");
        int code =
                stdc.run(
                        "export",
                        "--format",
                        "torchscript",
                        "--height",
                        "360",
                        "--input",
                        "64x96",
                        "--output",
                        archive.toString());
        assertThat(code).as(stdc.err()).isZero();

        byte[] ours = predict("ours.png", "--precision", "fp32").ids();
        byte[] exported = predict("theirs.png", "--weights", archive.toString()).ids();

        assertThat(differences(ours, exported)).isLessThan(ours.length / 1000);
    }

    @Test
    void anExportedStateDictionaryGivesTheSameMask() {
        Path exported = folder.resolve("network.pth");
        int code = stdc.run("export", "--format", "pth", "--output", exported.toString());
        assertThat(code).as(stdc.err()).isZero();

        byte[] ours = predict("ours.png", "--precision", "fp32").ids();
        String weights = exported.toString();
        byte[] theirs = predict("theirs.png", "--precision", "fp32", "--weights", weights).ids();

        assertThat(theirs).isEqualTo(ours);
    }

    private MaskFiles.Ids predict(String name, String... more) {
        Path mask = folder.resolve(name);
        String[] args = new String[5 + more.length];
        System.arraycopy(
                new String[] {"predict", "--image", image.toString(), "--output", mask.toString()},
                0,
                args,
                0,
                5);
        System.arraycopy(more, 0, args, 5, more.length);
        int code = stdc.run(args);
        assertThat(code).as(stdc.err()).isZero();
        return MaskFiles.read(mask);
    }

    private static int differences(byte[] left, byte[] right) {
        assertThat(left).hasSameSizeAs(right);
        int differences = 0;
        for (int i = 0; i < left.length; i++) {
            differences += left[i] == right[i] ? 0 : 1;
        }
        return differences;
    }
}
