// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.scene.render.Framebuffer;
import io.stdcseg.scene.thing.StreetClass;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreetsTest {

    private static final int WIDTH = 120;
    private static final int HEIGHT = 90;

    @Test
    void rendersAPictureTheSameAfterAnyOther() {
        RandomStreets streets = new RandomStreets(3, WIDTH, HEIGHT);
        byte[] rgb = streets.render(7).rgb().clone();
        byte[] labels = streets.render(7).labels().clone();
        streets.render(2);
        Framebuffer again = streets.render(7);
        assertThat(again.rgb()).isEqualTo(rgb);
        assertThat(again.labels()).isEqualTo(labels);
    }

    @Test
    void rendersOtherPicturesForOtherSeedsAndIndices() {
        byte[] one = new RandomStreets(3, WIDTH, HEIGHT).render(7).rgb().clone();
        assertThat(new RandomStreets(4, WIDTH, HEIGHT).render(7).rgb()).isNotEqualTo(one);
        assertThat(new RandomStreets(3, WIDTH, HEIGHT).render(8).rgb()).isNotEqualTo(one);
    }

    @Test
    void showsEveryClassAtASensibleShare() {
        double[] shares = new double[StreetClass.values().length];
        RandomStreets streets = new RandomStreets(1, WIDTH, HEIGHT);
        int pictures = 40;
        for (int index = 0; index < pictures; index++) {
            for (byte label : streets.render(index).labels()) {
                if (label != StreetClass.IGNORED) {
                    shares[label] += 1.0 / (WIDTH * HEIGHT * pictures);
                }
            }
        }
        assertThat(shares[StreetClass.SKY.trainId()]).isBetween(0.1, 0.25);
        assertThat(shares[StreetClass.ROAD.trainId()]).isBetween(0.25, 0.4);
        assertThat(shares[StreetClass.BUILDING.trainId()]).isBetween(0.15, 0.35);
        assertThat(Arrays.stream(shares)).allMatch(share -> share > 0.004);
    }

    @Test
    void rendersTheSamePixelsOnEveryMachine() {
        RandomStreets streets = new RandomStreets(2, WIDTH, HEIGHT);
        long hash = 0;
        for (int index = 0; index < 12; index++) {
            Framebuffer picture = streets.render(index);
            hash = 31 * hash + Arrays.hashCode(picture.rgb());
            hash = 31 * hash + Arrays.hashCode(picture.labels());
        }
        assertThat(hash).isEqualTo(895238601692360643L);
    }

    @Test
    void castsShadowsOnSomeDaysOnly() {
        // How dark the darkest road is beside the lightest, on all roads of many pictures.
        RandomStreets streets = new RandomStreets(6, WIDTH, HEIGHT);
        int contrasted = 0;
        int pictures = 40;
        for (int index = 0; index < pictures; index++) {
            contrasted += roadContrast(streets.render(index)) > 2.5 ? 1 : 0;
        }
        assertThat(contrasted).isBetween(pictures / 10, pictures * 7 / 10);
    }

    /** The ninth decile of the road's brightness over the first. */
    private static double roadContrast(Framebuffer picture) {
        double[] road =
                IntStream.range(0, picture.labels().length)
                        .filter(i -> picture.labels()[i] == StreetClass.ROAD.trainId())
                        .mapToDouble(i -> 1 + (picture.rgb()[3 * i + 1] & 255))
                        .sorted()
                        .toArray();
        return road[road.length * 9 / 10] / road[road.length / 10];
    }
}
