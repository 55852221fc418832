// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.testing.SharedData;
import io.stdcseg.video.decode.VideoDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaletteTest {

    @TempDir private Path folder;

    /**
     * A difference of 2.3 is just noticeable; so it is eight times that, five where classes are 19.
     */
    @ParameterizedTest
    @CsvSource({"camvid, 19", "cityscapes, 12"})
    void brightColoursStayApartForEveryVision(String labelSet, double least) {
        List<LabelClass> classes = Palette.of("bright").paint(LabelSet.of(labelSet)).classes();
        for (ColorVision vision : ColorVision.values()) {
            for (int a = 0; a < classes.size(); a++) {
                for (int b = 0; b < a; b++) {
                    assertThat(vision.distance(rgb(classes.get(a)), rgb(classes.get(b))))
                            .as("%s: %s and %s", vision, classes.get(a), classes.get(b))
                            .isGreaterThan(least);
                }
            }
        }
    }

    /**
     * Half of a colour over half of the picture: what it covers must look otherwise than before.
     */
    @ParameterizedTest
    @EnumSource
    void brightColoursShowOnWhatTheyCover(ColorVision vision) throws IOException {
        double[][] means = meanColours();
        List<LabelClass> classes = Palette.of("bright").paint(LabelSet.of("camvid")).classes();
        for (int id = 0; id < means.length; id++) {
            double[] color = rgb(classes.get(id));
            double[] mixed = new double[3];
            for (int i = 0; i < 3; i++) {
                mixed[i] = (means[id][i] + color[i]) / 2;
            }
            assertThat(vision.distance(means[id], mixed))
                    .as("%s", classes.get(id))
                    .isGreaterThan(10);
        }
    }

    /** Mean colour of each of CamVid's classes in the first picture of the sample clip. */
    private static double[][] meanColours() throws IOException {
        Path samples = SharedData.projectRoot().resolve("samples");
        MaskFiles.Ids ids = MaskFiles.read(samples.resolve("labels/000000.png"));
        ByteBuffer rgb = ByteBuffer.allocateDirect(3 * ids.ids().length);
        try (VideoDecoder video = VideoDecoder.open("street", samples.resolve("street.mp4"))) {
            video.advance();
            video.writeRgb(rgb);
        }
        double[][] sums = new double[11][3];
        int[] pixels = new int[256];
        for (int at = 0; at < ids.ids().length; at++) {
            int id = ids.ids()[at] & 255;
            pixels[id]++;
            for (int i = 0; i < 3 && id < sums.length; i++) {
                sums[id][i] += rgb.get(3 * at + i) & 255;
            }
        }
        for (int id = 0; id < sums.length; id++) {
            int count = pixels[id];
            sums[id] = Arrays.stream(sums[id]).map(sum -> sum / Math.max(1, count)).toArray();
        }
        return sums;
    }

    private static double[] rgb(LabelClass c) {
        return new double[] {c.red(), c.green(), c.blue()};
    }

    @Test
    void paintChangesColoursAndNothingElse() {
        LabelSet camvid = LabelSet.of("camvid");
        LabelSet painted = Palette.of("bright").paint(camvid);

        assertThat(painted.classes().get(8)).isEqualTo(new LabelClass("car", 86, 61, 242));
        assertThat(painted.fileColors()).isEqualTo(camvid.fileColors());
        assertThat(painted.fileIds()).isEqualTo(camvid.fileIds());
        assertThat(painted.names()).isEqualTo(camvid.names());
        assertThat(Palette.of("label-set").paint(camvid)).isEqualTo(camvid);
    }

    @Test
    void classesThatItDoesNotNameHaveColoursOfTheirOwn() {
        LabelSet few =
                new LabelSet(
                        "few",
                        List.of(new LabelClass("sky", 1, 1, 1), new LabelClass("cow", 1, 1, 1)),
                        Map.of());

        assertThat(Palette.of("bright").paint(few).classes())
                .containsExactly(
                        new LabelClass("sky", 137, 162, 255), new LabelClass("cow", 182, 138, 29));
        assertThat(Palette.of("bright").paint(LabelSet.ofSize(30)).classes())
                .doesNotHaveDuplicates()
                .contains(LabelSet.ofSize(30).classes().get(29));
    }

    @Test
    void readsAFile() throws IOException {
        Path file = file("# mine\n\n car , 255,0, 1\n");

        List<LabelClass> painted =
                Palette.of(file.toString()).paint(LabelSet.of("camvid")).classes();

        assertThat(painted.get(8)).isEqualTo(new LabelClass("car", 255, 0, 1));
        assertThat(painted.get(0)).isEqualTo(new LabelClass("sky", 137, 162, 255));
    }

    @Test
    void refusesWhatItCannotMean() throws IOException {
        assertThatThrownBy(() -> Palette.of("dark"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "palette 'dark' is unknown; allowed are bright, label-set or a file with"
                                + " lines NAME, RED, GREEN, BLUE");
        for (String line : List.of("car, 1, 2", "car, 1, 2, 256", "car, 1, 2, x", ", 1, 2, 3")) {
            Path file = file("sky, 1, 2, 3\n" + line);
            assertThatThrownBy(() -> Palette.of(file.toString()))
                    .isInstanceOf(InputException.class)
                    .hasMessage(
                            "palette "
                                    + file
                                    + ", line 2: '"
                                    + line
                                    + "' is not NAME, RED, GREEN, BLUE with colours from 0 to 255");
        }
        Path twice = file("car, 1, 2, 3\ncar, 1, 2, 3");
        assertThatThrownBy(() -> Palette.of(twice.toString()))
                .hasMessage("palette " + twice + " names class car twice");
        Palette other = Palette.of(file("cra, 1, 2, 3").toString());
        assertThatThrownBy(() -> other.paint(LabelSet.of("camvid")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "palette "
                                + other.name()
                                + ": class 'cra' is not in label set camvid; allowed are sky,");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("palette.csv"), text);
    }
}
