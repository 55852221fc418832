// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.Rational;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTimingTest {

    private static final Rational NTSC = new Rational(30_000, 1001);

    @Test
    void picturesFollowEachOtherTickByTick() {
        PictureTiming timing = PictureTiming.even(NTSC);

        assertThat(timing.timeBase()).isEqualTo(new Rational(1001, 30_000));
        assertThat(timing.frameRate()).isEqualTo(NTSC);
        assertThat(timing.tick(7)).isEqualTo(7);
        assertThat(timing.time(30_000)).isEqualTo(1001);
        assertThat(timing.duration(7)).isEqualTo(1);
        assertThat(timing.length(30_000)).isEqualTo(1001);
        assertThat(timing.length(0)).isZero();
    }

    @Test
    void aPictureIsShownUntilTheNextAndTheLastAsLongAsTheOneBefore() {
        PictureTiming timing = new PictureTiming(new Rational(30, 1), List.of(0L, 30L, 32L, 34L));

        assertThat(List.of(timing.tick(0), timing.tick(1), timing.tick(3)))
                .containsExactly(0L, 30L, 34L);
        assertThat(List.of(timing.duration(0), timing.duration(1), timing.duration(3)))
                .containsExactly(30L, 2L, 2L);
        assertThat(timing.frameRate().value()).isEqualTo(15);
        assertThat(timing.length(4)).isEqualTo(1.2);
    }

    @Test
    void aSinglePictureIsShownForATick() {
        PictureTiming timing = new PictureTiming(new Rational(17, 1), List.of(0L));

        assertThat(timing.duration(0)).isEqualTo(1);
        assertThat(timing.frameRate()).isEqualTo(new Rational(17, 1));
    }

    @Test
    void ticksRiseFromZero() {
        Rational rate = new Rational(17, 1);

        assertThatThrownBy(() -> new PictureTiming(rate, List.of(1L, 2L)))
                .hasMessage("tick 1 of picture 0 does not rise from 0");
        assertThatThrownBy(() -> new PictureTiming(rate, List.of(0L, 2L, 2L)))
                .hasMessage("tick 2 of picture 2 does not rise from 0");
        assertThatThrownBy(() -> PictureTiming.even(new Rational(0, 1)))
                .hasMessage("rate 0/1 is not above 0");
    }
}
