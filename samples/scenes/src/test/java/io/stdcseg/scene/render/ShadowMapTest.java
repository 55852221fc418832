// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.scene.render.Paint.Finish;
import org.junit.jupiter.api.Test;

class ShadowMapTest {

    private static final Vec MIDDLE = new Vec(0, 0, 0);

    /** From the left, as high as it is far. */
    private static final Light LIGHT = new Light(new Vec(-1, 1, 0.01).unit(), 0.5, 1);

    private final ShadowMap shadows = new ShadowMap(20, 200);

    @Test
    void leavesTheShadowOfAWallAsLongAsTheWallIsHigh() {
        shineOnWall(Finish.SOLID);
        assertThat(shadows.lit(new Vec(1, 0, 0))).isZero();
        assertThat(shadows.lit(new Vec(2.5, 0, 0))).isZero();
        assertThat(shadows.lit(new Vec(3.5, 0, 0))).isEqualTo(1);
        assertThat(shadows.lit(new Vec(-1, 0, 0))).isEqualTo(1);
        assertThat(shadows.lit(new Vec(1, 0, 6))).isEqualTo(1);
    }

    @Test
    void lightsWhatCastsTheShadow() {
        shineOnWall(Finish.SOLID);
        assertThat(shadows.lit(new Vec(0, 2, 0))).isEqualTo(1);
    }

    @Test
    void passesThroughVeils() {
        shineOnWall(Finish.VEIL);
        assertThat(shadows.lit(new Vec(1, 0, 0))).isEqualTo(1);
    }

    @Test
    void lightsAllThatItDoesNotSee() {
        shineOnWall(Finish.SOLID);
        assertThat(shadows.lit(new Vec(100, 0, 0))).isEqualTo(1);
    }

    /** Three metres high and ten long, along z. */
    private void shineOnWall(Finish finish) {
        Mesh mesh = new Mesh(ShadowMap.eye(MIDDLE, LIGHT), MIDDLE, LIGHT);
        Pose facingLeft = Pose.upright(MIDDLE, new Vec(1, 0, 0));
        mesh.panel(facingLeft, 10, 3, new Paint(Material.plain(0), finish, 1));
        shadows.render(MIDDLE, LIGHT, mesh);
    }
}
