// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.scene.render.Framebuffer;
import io.stdcseg.scene.street.Condition;
import io.stdcseg.scene.street.Place;
import io.stdcseg.scene.thing.StreetClass;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WideStreetsTest {

    private static final int WIDTH = 120;
    private static final int HEIGHT = 90;

    private final WideStreets streets = new WideStreets(3, WIDTH, HEIGHT);

    @Test
    void rendersAPictureTheSameAfterAnyOther() {
        byte[] rgb = streets.render(7).rgb().clone();
        byte[] labels = streets.render(7).labels().clone();
        streets.render(2);
        Framebuffer again = streets.render(7);
        assertThat(again.rgb()).isEqualTo(rgb);
        assertThat(again.labels()).isEqualTo(labels);
    }

    @Test
    void rendersOtherPicturesForOtherSeedsAndIndices() {
        byte[] one = streets.render(7).rgb().clone();
        assertThat(new WideStreets(4, WIDTH, HEIGHT).render(7).rgb()).isNotEqualTo(one);
        assertThat(streets.render(8).rgb()).isNotEqualTo(one);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void labelsWhatIsThereInAnyLight(Place place) {
        for (int index = 0; index < 2; index++) {
            Framebuffer picture = streets.render(index, place, Condition.DAY);
            byte[] labels = picture.labels().clone();
            byte[] rgb = picture.rgb().clone();
            for (Condition condition : Condition.values()) {
                picture = streets.render(index, place, condition);
                assertThat(picture.labels()).as("%s %d", condition, index).isEqualTo(labels);
                if (condition != Condition.DAY) {
                    assertThat(picture.rgb()).as("%s %d", condition, index).isNotEqualTo(rgb);
                }
            }
        }
    }

    @Test
    void isDarkerAtNightThanAtDuskAndAtDuskThanByDay() {
        double day = brightness(Condition.DAY, StreetClass.SKY);
        double dusk = brightness(Condition.DUSK, StreetClass.SKY);
        double night = brightness(Condition.NIGHT, StreetClass.SKY);
        assertThat(dusk).isBetween(0.25 * day, 0.8 * day);
        assertThat(night).isLessThan(0.3 * dusk);
        assertThat(brightness(Condition.NIGHT, StreetClass.BUILDING))
                .isLessThan(0.7 * brightness(Condition.DAY, StreetClass.BUILDING));
    }

    @Test
    void fadesInFog() {
        // What is darkest is far from black: air is before it.
        assertThat(darkest(Condition.FOG)).isGreaterThan(2 * darkest(Condition.DAY));
    }

    @Test
    void mirrorsTheSkyInTheRain() {
        // A dry road is darker than the sky everywhere; puddles are as bright as what they mirror.
        assertThat(variation(Condition.RAIN)).isGreaterThan(2 * variation(Condition.FOG));
    }

    @Test
    void showsEveryClassAtASensibleShare() {
        double[] shares = new double[StreetClass.values().length];
        int pictures = 40;
        for (int index = 0; index < pictures; index++) {
            for (byte label : streets.render(index).labels()) {
                if (label != StreetClass.IGNORED) {
                    shares[label] += 1.0 / (WIDTH * HEIGHT * pictures);
                }
            }
        }
        assertThat(shares[StreetClass.SKY.trainId()]).isBetween(0.1, 0.3);
        assertThat(shares[StreetClass.ROAD.trainId()]).isBetween(0.25, 0.45);
        assertThat(shares[StreetClass.BUILDING.trainId()]).isBetween(0.15, 0.35);
        assertThat(Arrays.stream(shares)).allMatch(share -> share > 0.003);
    }

    @Test
    void rendersTheSamePixelsOnEveryMachine() {
        long hash = 0;
        for (int index = 0; index < 12; index++) {
            Framebuffer picture = streets.render(index);
            hash = 31 * hash + Arrays.hashCode(picture.rgb());
            hash = 31 * hash + Arrays.hashCode(picture.labels());
        }
        assertThat(hash).isEqualTo(-3355062563024473495L);
    }

    /** Mean of a class's pixels in some pictures of towns, 0 to 255. */
    private double brightness(Condition condition, StreetClass wanted) {
        return Arrays.stream(pixels(condition, wanted)).average().orElseThrow();
    }

    /** First decile of all buildings' pixels. */
    private double darkest(Condition condition) {
        double[] sorted = pixels(condition, StreetClass.BUILDING);
        Arrays.sort(sorted);
        return sorted[sorted.length / 10];
    }

    /** Mean difference of a road's pixel from the next one of its row, over its brightness. */
    private double variation(Condition condition) {
        double sum = 0;
        int count = 0;
        for (int index = 0; index < 8; index++) {
            Framebuffer picture = streets.render(index, Place.TOWN, condition);
            for (int i = 1; i < WIDTH * HEIGHT; i++) {
                int road = StreetClass.ROAD.trainId();
                if (picture.labels()[i] == road && picture.labels()[i - 1] == road) {
                    double here = picture.rgb()[3 * i + 1] & 255;
                    double before = picture.rgb()[3 * i - 2] & 255;
                    sum += Math.abs(here - before) / (here + before + 1);
                    count++;
                }
            }
        }
        return sum / count;
    }

    private double[] pixels(Condition condition, StreetClass wanted) {
        return IntStream.range(0, 8)
                .mapToObj(index -> streets.render(index, Place.TOWN, condition))
                .flatMapToDouble(
                        picture ->
                                IntStream.range(0, WIDTH * HEIGHT)
                                        .filter(i -> picture.labels()[i] == wanted.trainId())
                                        .mapToDouble(i -> picture.rgb()[3 * i + 1] & 255))
                .toArray();
    }
}
