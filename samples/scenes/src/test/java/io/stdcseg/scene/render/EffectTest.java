// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.scene.render.Paint.Finish;
import io.stdcseg.scene.render.Sensor.ToneCurve;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Effects on a red wall, ten metres ahead on grey ground under a dark sky. */
class EffectTest {

    private static final int SIZE = 80;
    private static final int SKY = 0;
    private static final int WALL = 1;
    private static final int GROUND = 2;
    private static final Light LIGHT = new Light(Vec.UP, 1, 0);
    private static final Vec AHEAD = new Vec(0, 0, 1);
    private static final Pose EYE = Pose.upright(new Vec(0, 1.5, 0), AHEAD);
    private static final Camera CAMERA = Camera.wide(EYE, SIZE, SIZE, 1);

    private final Framebuffer picture = new Framebuffer(SIZE, SIZE);

    @Test
    void wetGroundMirrorsWhatStandsOnIt() {
        // Halfway between the eye and the wall: the mirrored ray meets the wall at its foot.
        int ground = pixel(40, 62);
        render();
        assertThat(picture.labels()[ground / 3]).isEqualTo((byte) GROUND);
        assertThat(redness(ground)).isZero();
        int wall = pixel(40, 45);
        int red = redness(wall);

        render(new WetGround(1, label -> label == GROUND, 0));
        assertThat(redness(ground)).isPositive();
        assertThat(picture.labels()[wall / 3]).isEqualTo((byte) WALL);
        assertThat(redness(wall)).isEqualTo(red);
    }

    @Test
    void groundThatIsRoughMirrorsNothing() {
        byte[] dry = render().clone();
        assertThat(render(new WetGround(1, label -> false, 0))).isEqualTo(dry);
    }

    @Test
    void aLampGlaresUnlessSomethingHidesIt() {
        byte[] dark = render().clone();
        assertThat(render(glare(new Vec(0, 1.5, 12)))).isEqualTo(dark);

        render(glare(new Vec(0, 1.5, 8)));
        assertThat(picture.rgb()[pixel(40, 40) + 1] & 255).isEqualTo(255);
        assertThat(picture.rgb()[pixel(45, 40) + 1] & 255).isPositive();
        assertThat(picture.rgb()[pixel(5, 5) + 1]).isEqualTo(dark[pixel(5, 5) + 1]);
    }

    @Test
    void theSunFlaresUnlessSomethingHidesIt() {
        byte[] dark = render().clone();
        assertThat(render(flare(AHEAD))).isEqualTo(dark);
        assertThat(render(flare(AHEAD.times(-1)))).isEqualTo(dark);

        Vec over = new Vec(0, 0.3, 1).unit();
        render(flare(over));
        assertThat(picture.rgb()[pixel(40, 16) + 1] & 255).isGreaterThan(240);
        assertThat(picture.rgb()[pixel(5, 75) + 1] & 255)
                .isGreaterThan(dark[pixel(5, 75) + 1] & 255);
    }

    @Test
    void rainChangesSomeColoursAndNoLabel() {
        byte[] dry = render().clone();
        byte[] labels = picture.labels().clone();
        byte[] wet = render(new Rain(1, 3));
        int changed = 0;
        for (int i = 0; i < wet.length; i++) {
            changed += wet[i] == dry[i] ? 0 : 1;
        }
        assertThat(changed).isBetween(wet.length / 50, wet.length / 2);
        assertThat(picture.labels()).isEqualTo(labels);
    }

    @Test
    void aWallInATunnelHasLessLight() {
        render();
        int outside = picture.rgb()[pixel(40, 45)] & 255;
        int near = picture.rgb()[pixel(40, 78)] & 255;
        Lighting covered = new Lighting(null, Tint.WHITE, Tint.WHITE, null, z -> z > 5);
        picture.render(CAMERA, scene(), sky(), covered, List.of(), sensor());
        assertThat(picture.rgb()[pixel(40, 45)] & 255).isBetween(outside / 10, outside / 6);
        assertThat(picture.rgb()[pixel(40, 78)] & 255).isEqualTo(near);
    }

    @Test
    void whatGlowsIsSeenWithoutLight() {
        Material lit = Material.glowing(Material.plain(Rgb.of(50, 50, 50)), at -> Rgb.of(0, 90, 0));
        Mesh mesh = new Mesh(EYE.origin(), new Light(Vec.UP, 0, 0));
        mesh.panel(EYE.moved(0, -1.5, 10), 8, 4, new Paint(lit, Finish.SOLID, WALL));
        LampLight lamps = new LampLight(List.of(), Tint.WHITE, 1);
        Lighting night = new Lighting(null, Tint.WHITE, Tint.WHITE, lamps, null);
        picture.render(CAMERA, mesh, sky(), night, List.of(), sensor());
        assertThat(picture.rgb()[pixel(40, 45) + 1] & 255).isEqualTo(90);
        assertThat(picture.rgb()[pixel(40, 45)]).isZero();
    }

    private static Glare glare(Vec at) {
        Lamp lamp = new Lamp(at, AHEAD.times(-1), Lamp.Kind.HEAD);
        return new Glare(new LampLight(List.of(lamp), Tint.WHITE, 1), 1);
    }

    private static Flare flare(Vec towards) {
        return new Flare(towards, Tint.WHITE, 1);
    }

    private byte[] render(Effect... effects) {
        picture.render(CAMERA, scene(), sky(), Lighting.daylight(null), List.of(effects), sensor());
        return picture.rgb();
    }

    private static Mesh scene() {
        Mesh mesh = new Mesh(EYE.origin(), LIGHT);
        Paint wall = new Paint(Material.plain(Rgb.of(200, 0, 0)), Finish.SOLID, WALL);
        Paint ground = new Paint(Material.plain(Rgb.of(100, 100, 100)), Finish.SOLID, GROUND);
        mesh.panel(EYE.moved(0, -1.5, 10), 8, 3, wall);
        Pose foot = EYE.moved(0, -1.5, 0);
        mesh.outline(
                foot.origin(), foot.right(), foot.ahead(), ground, -50, 0, 50, 0, 50, 90, -50, 90);
        return mesh;
    }

    private static Backdrop sky() {
        return new Backdrop() {
            @Override
            public int color(Vec direction) {
                return Rgb.of(20, 20, 20);
            }

            @Override
            public int haze() {
                return 0;
            }

            @Override
            public double clearDistance() {
                return 1e9;
            }

            @Override
            public int label() {
                return SKY;
            }
        };
    }

    private static Sensor sensor() {
        return new Sensor(0, SIZE, SIZE, ToneCurve.NEUTRAL, 0);
    }

    /** Red less green. */
    private int redness(int at) {
        return (picture.rgb()[at] & 255) - (picture.rgb()[at + 1] & 255);
    }

    private static int pixel(int column, int row) {
        return 3 * (row * SIZE + column);
    }
}
