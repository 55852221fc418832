// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.label.LabelSet;
import io.stdcseg.scene.render.Framebuffer;
import io.stdcseg.scene.thing.StreetClass;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StreetSceneTest {

    @Test
    void rendersTheSamePixelsOnEveryMachine() {
        assertThat(hash(scene(2).render(0))).isEqualTo("1426a7dd37c6b816");
    }

    @Test
    void repeatsItselfForTheSameSeedOnly() {
        assertThat(hash(scene(5).render(30))).isEqualTo(hash(scene(5).render(30)));
        assertThat(hash(scene(6).render(30))).isNotEqualTo(hash(scene(5).render(30)));
    }

    @Test
    void rendersAFrameTheSameAfterAnyOther() {
        StreetScene scene = scene(3);
        String forwards = hash(scene.render(40));
        scene.render(2000);
        scene.render(0);
        assertThat(hash(scene.render(40))).isEqualTo(forwards);
    }

    @Test
    void movesFromFrameToFrame() {
        StreetScene scene = scene(3);
        byte[] first = scene.render(0).labels().clone();
        byte[] second = scene.render(1).labels();
        int changed = 0;
        for (int i = 0; i < first.length; i++) {
            changed += first[i] == second[i] ? 0 : 1;
        }
        assertThat(changed).isBetween(first.length / 100, first.length / 4);
    }

    @Test
    void namesTheClassesAsTheLabelSetDoes() {
        assertThat(LabelSet.of("camvid").names())
                .isEqualTo(
                        Stream.of(StreetClass.values())
                                .map(c -> c.name().toLowerCase(Locale.ROOT))
                                .toList());
    }

    @Test
    void showsEveryClassAtASensibleShare() {
        double[] shares = new double[StreetClass.values().length];
        StreetScene scene = scene(SceneOptions.DEFAULT.seed());
        int frames = 15;
        for (int frame = 0; frame < frames; frame++) {
            for (byte label : scene.render(10L * frame).labels()) {
                shares[label] += 1.0 / (160 * 90 * frames);
            }
        }
        assertThat(shares[StreetClass.SKY.trainId()]).isBetween(0.08, 0.3);
        assertThat(shares[StreetClass.ROAD.trainId()]).isBetween(0.25, 0.45);
        assertThat(shares[StreetClass.BUILDING.trainId()]).isBetween(0.15, 0.4);
        assertThat(shares[StreetClass.TREE.trainId()]).isBetween(0.03, 0.2);
        assertThat(shares[StreetClass.CAR.trainId()]).isBetween(0.02, 0.2);
        assertThat(shares[StreetClass.PAVEMENT.trainId()]).isBetween(0.02, 0.15);
        assertThat(Arrays.stream(shares)).allMatch(share -> share > 0.002);
    }

    @Test
    void putsLabelsWhereTheColoursAre() {
        List<Double> sky = meanColor(scene(4), StreetClass.SKY);
        List<Double> road = meanColor(scene(4), StreetClass.ROAD);
        List<Double> building = meanColor(scene(4), StreetClass.BUILDING);
        assertThat(sky).allMatch(part -> part > 180);
        assertThat(sky.get(2)).isGreaterThan(sky.get(0));
        assertThat(road).allMatch(part -> part > 40 && part < 110);
        assertThat(road.get(2) - road.get(0)).isBetween(-15.0, 15.0);
        assertThat(building).allMatch(part -> part > 30 && part < 140);
    }

    @Test
    void rendersAnySize() {
        for (int[] size : new int[][] {{97, 61}, {61, 97}, {16, 16}, {321, 33}}) {
            Framebuffer picture = new StreetScene(1, size[0], size[1], 25).render(3);
            assertThat(picture.rgb()).hasSize(3 * size[0] * size[1]);
            assertThat(picture.labels()).hasSize(size[0] * size[1]);
            for (byte label : picture.labels()) {
                assertThat(label).isBetween((byte) 0, (byte) (StreetClass.values().length - 1));
            }
        }
    }

    @Test
    void showsTheSameStreetAtEverySizeAndRate() {
        byte[] small = scene(8).render(15).labels().clone();
        byte[] large = new StreetScene(8, 480, 270, 30).render(30).labels();
        int same = 0;
        for (int row = 0; row < 90; row++) {
            for (int column = 0; column < 160; column++) {
                int middle = (3 * row + 1) * 480 + 3 * column + 1;
                same += small[row * 160 + column] == large[middle] ? 1 : 0;
            }
        }
        assertThat(same).isGreaterThan(160 * 90 * 93 / 100);
    }

    private static StreetScene scene(long seed) {
        return new StreetScene(seed, 160, 90, 15);
    }

    private static List<Double> meanColor(StreetScene scene, StreetClass wanted) {
        double[] sum = new double[3];
        int count = 0;
        Framebuffer picture = scene.render(20);
        for (int i = 0; i < picture.labels().length; i++) {
            if (picture.labels()[i] == wanted.trainId()) {
                count++;
                for (int part = 0; part < 3; part++) {
                    sum[part] += picture.rgb()[3 * i + part] & 255;
                }
            }
        }
        double pixels = count;
        return Arrays.stream(sum).mapToObj(part -> part / pixels).toList();
    }

    private static String hash(Framebuffer picture) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(picture.rgb());
            digest.update(picture.labels());
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
