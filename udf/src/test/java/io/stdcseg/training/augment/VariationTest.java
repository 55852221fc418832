// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.error.InputException;
import io.stdcseg.training.data.LabelledPicture;
import io.stdcseg.training.data.TestPictures;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VariationTest {

    private static final int ROWS = 48;
    private static final int COLUMNS = 64;

    private final LabelledPicture detailed = TestPictures.detailed(COLUMNS, ROWS);

    @Test
    void noVariationChangesNothing() {
        for (long seed = 0; seed < 20; seed++) {
            SampledVariation none = Variation.NONE.draw(new SplittableRandom(seed));
            VariedCrop crop = new VariedCrop(none, ROWS, COLUMNS);

            assertThat(crop.pixels(detailed.rgb().clone())).isEqualTo(detailed.rgb());
            assertThat(crop.labels(detailed.labels())).isEqualTo(detailed.labels());
            assertThat(none.rare()).isFalse();
        }
    }

    @Test
    void everySecondCropIsTurnedWithinTheLimits() {
        Variation variation = new Variation(10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.25, 0);
        SplittableRandom random = new SplittableRandom(1);
        double[] rolls = new double[1000];
        int rare = 0;
        for (int i = 0; i < rolls.length; i++) {
            SampledVariation sampled = variation.draw(random);
            rolls[i] = Math.toDegrees(sampled.roll());
            rare += sampled.rare() ? 1 : 0;
        }

        assertThat(Arrays.stream(rolls).max().orElseThrow()).isBetween(9.0, 10.0);
        assertThat(Arrays.stream(rolls).min().orElseThrow()).isBetween(-10.0, -9.0);
        assertThat(Arrays.stream(rolls).filter(roll -> roll == 0).count()).isBetween(440L, 560L);
        assertThat(rare).isBetween(200, 300);
    }

    @Test
    void whatLiesOutsideIsRefusedByName() {
        assertThatThrownBy(() -> new Variation(46, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
                .isInstanceOf(InputException.class)
                .hasMessage("variation.roll is 46.0; 0 to 45 is allowed");
        assertThatThrownBy(() -> new Variation(0, 0.6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
                .isInstanceOf(InputException.class)
                .hasMessage("variation.distortion is 0.6; 0 to 0.5 is allowed");
    }

    /** A quarter turn is a rotation of the square without any interpolation. */
    @Test
    void aQuarterTurnMovesPixelsAndLabelsAlike() {
        byte[] ids = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        byte[] rgb = new byte[27];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (10 * ids[i / 3]);
        }
        CameraWarp warp = new CameraWarp(Math.PI / 2, 0, 3, 3);

        byte[] labels = warp.labels(ids);

        assertThat(labels).containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
        byte[] pixels = warp.pixels(rgb);
        assertThat(IntStream.range(0, 9).map(i -> pixels[3 * i] / 10))
                .containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
    }

    /** In the corners r is 1: with k = 1/2, they show what would be half as far again away. */
    @Test
    void whatWasNeverInTheCropIsIgnored() {
        byte[] ids = new byte[81];

        byte[] labels = new CameraWarp(0, 0.5, 9, 9).labels(ids);

        assertThat(labels[0]).isEqualTo((byte) 255);
        assertThat(labels[80]).isEqualTo((byte) 255);
        assertThat(labels[40]).isZero();
        // Half-way to a border: r^2 = 1/8, so 2 becomes 2.125, which is inside.
        assertThat(labels[4 * 9 + 2]).isZero();
    }

    @Test
    void aLensWithoutFaultChangesNothing() {
        CameraWarp warp = new CameraWarp(0, 0, ROWS, COLUMNS);

        assertThat(warp.pixels(detailed.rgb())).isEqualTo(detailed.rgb());
        assertThat(warp.labels(detailed.labels())).isEqualTo(detailed.labels());
    }

    /** 255 (128 / 255)^2 = 64.3; red gains half, blue loses half. */
    @Test
    void tonesFollowTheirCurves() {
        byte[] rgb = {(byte) 128, (byte) 128, (byte) 128, (byte) 200, 0, (byte) 255};
        new ToneCurves(2, 0).apply(rgb);
        assertThat(rgb).containsExactly(64, 64, 64, (byte) 157, 0, (byte) 255);

        new ToneCurves(1, 0.5).apply(rgb);
        assertThat(rgb).containsExactly(96, 64, 32, (byte) 236, 0, (byte) 128);
    }

    @Test
    void aBlurSpreadsAPointAndKeepsItsLight() {
        byte[] rgb = new byte[3 * 21 * 21];
        int centre = 3 * (10 * 21 + 10);
        rgb[centre] = (byte) 250;
        new GaussianBlur(1).apply(rgb, 21, 21);

        // exp(-1/2) of its neighbours' height; 250 / (2 pi) in the middle.
        assertThat(rgb[centre] & 0xff).isCloseTo(40, within(2));
        assertThat(rgb[centre + 3] & 0xff).isCloseTo(24, within(2));
        assertThat(rgb[centre + 3]).isEqualTo(rgb[centre - 3]);
        assertThat(rgb[centre + 3 * 21]).isEqualTo(rgb[centre + 3]);
        assertThat(rgb[centre + 1]).isZero();
        byte[] even = new byte[3 * 5 * 4];
        Arrays.fill(even, (byte) 77);
        new GaussianBlur(2).apply(even, 5, 4);
        assertThat(even).containsOnly(77);
    }

    @Test
    void noiseIsAsStrongAsItSays() {
        byte[] rgb = new byte[30_000];
        Arrays.fill(rgb, (byte) 128);
        byte[] again = rgb.clone();

        SensorNoise.add(rgb, 10, 5);
        SensorNoise.add(again, 10, 5);

        assertThat(again).isEqualTo(rgb);
        double mean = IntStream.range(0, rgb.length).map(i -> rgb[i] & 0xff).average().orElse(0);
        double variance =
                IntStream.range(0, rgb.length)
                        .mapToDouble(i -> Math.pow((rgb[i] & 0xff) - mean, 2))
                        .average()
                        .orElse(0);
        assertThat(mean).isCloseTo(128, within(0.3));
        assertThat(Math.sqrt(variance)).isCloseTo(10, within(0.3));
    }

    /** At the centre half of what is missing to white; three widths away next to nothing. */
    @Test
    void glareIsWhiteAroundALight() {
        byte[] rgb = new byte[3 * 30 * 30];

        Glare.add(rgb, 30, 30, 0.5, 0, 0);

        assertThat(rgb[0] & 0xff).isCloseTo(127, within(2));
        assertThat(rgb[rgb.length - 1] & 0xff).isLessThan(2);
    }

    @Test
    void jpegLosesMoreTheHarderItCompresses() {
        double little = lost(rgb -> JpegArtefacts.add(rgb, ROWS, COLUMNS, 0.05));
        double much = lost(rgb -> JpegArtefacts.add(rgb, ROWS, COLUMNS, 0.9));

        assertThat(little).isBetween(0.01, much / 2);
        assertThat(much).isLessThan(60);
    }

    @Test
    void h264LosesMoreTheHarderItCompresses() {
        double little = lost(rgb -> H264Artefacts.add(rgb, ROWS, COLUMNS, 0.05, 3));
        double much = lost(rgb -> H264Artefacts.add(rgb, ROWS, COLUMNS, 0.9, 3));

        assertThat(little).isBetween(0.01, much / 2);
        assertThat(much).isLessThan(60);
        assertThat(H264Artefacts.quantiser(0)).isEqualTo(18);
        assertThat(H264Artefacts.quantiser(1)).isEqualTo(51);
    }

    /** A step of 100 levels: of its blur by one pixel, Phi(1/2) = 0.69 lies on its own side. */
    @Test
    void sharpeningPutsHalosAtAnEdge() {
        byte[] rgb = new byte[3 * 9 * 20];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 % 20 < 10 ? 50 : 150);
        }

        UnsharpMask.apply(rgb, 9, 20, 1);

        int edge = 3 * (4 * 20 + 10);
        assertThat(rgb[edge] & 0xff).isCloseTo(181, within(3));
        assertThat(rgb[edge - 3] & 0xff).isCloseTo(19, within(3));
        assertThat(rgb[edge + 15] & 0xff).isEqualTo(150);
        assertThat(rgb[edge - 18] & 0xff).isEqualTo(50);
    }

    /** What was drawn before there were these effects is drawn still. */
    @Test
    void newEffectsDrawBehindAllOthers() {
        Variation before = new Variation(4, 0.1, 0.6, 0.15, 0.4, 1.5, 12, 0, 0.8, 0, 0.3, 0);
        Variation now = new Variation(4, 0.1, 0.6, 0.15, 0.4, 1.5, 12, 2, 0.8, 0.7, 0.3, 0);
        for (long seed = 0; seed < 20; seed++) {
            SampledVariation drawn = before.draw(new SplittableRandom(seed));
            SampledVariation more = now.draw(new SplittableRandom(seed));

            assertThat(more)
                    .usingRecursiveComparison()
                    .ignoringFields("sharpness", "h264")
                    .isEqualTo(drawn);
        }
    }

    /** What waves of grey lose, in levels a pixel. */
    private static double lost(Consumer<byte[]> artefacts) {
        byte[] rgb = new byte[3 * ROWS * COLUMNS];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % COLUMNS;
            int y = i / 3 / COLUMNS;
            rgb[i] = (byte) Math.round(128 + 90 * Math.sin(x / 1.7) * Math.cos(y / 2.3));
        }
        byte[] before = rgb.clone();
        artefacts.accept(rgb);
        return IntStream.range(0, rgb.length)
                .map(i -> Math.abs((rgb[i] & 0xff) - (before[i] & 0xff)))
                .average()
                .orElse(0);
    }

    @Test
    void aCropMovesToShowAPixel() {
        SampledAugmentation whole = new SampledAugmentation(1, 1, 1, false, 1, 0, 0);
        RandomCrop crop = RandomCrop.of(100, 80, whole, 40, 32);

        assertThat(crop.showing(0.1, 0.1, 40, 32)).isEqualTo(crop);
        RandomCrop moved = crop.showing(0.995, 0.5, 40, 32);
        assertThat(moved.left()).isEqualTo(60);
        assertThat(moved.top()).isEqualTo(9);
    }
}
