// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PictureNumbersTest {

    private final PictureNumbers numbers = new PictureNumbers(new VideoRange(50, 100, 200, 30, 10));

    @Test
    void countsPicturesOfTheRangeOnly() {
        await(50, 90, 100, 120, 110, 130, 200);

        assertThat(numbers.shown(50)).isEqualTo(-1);
        assertThat(numbers.shown(90)).isEqualTo(-1);
        assertThat(numbers.shown(100)).isEqualTo(30);
        assertThat(numbers.shown(110)).isEqualTo(31);
        assertThat(numbers.shown(120)).isEqualTo(32);
        assertThat(numbers.shown(130)).isEqualTo(33);
        assertThat(numbers.shown(200)).isEqualTo(-1);
        assertThat(numbers.missing()).isZero();
    }

    @Test
    void whatDoesNotComeKeepsItsNumber() {
        await(100, 110, 120, 130, 140);

        assertThat(numbers.shown(100)).isEqualTo(30);
        assertThat(numbers.shown(130)).isEqualTo(33);
        assertThat(numbers.missing()).isEqualTo(2);
        assertThat(numbers.firstMissing()).isEqualTo(31);
        numbers.ended();
        assertThat(numbers.missing()).isEqualTo(3);
    }

    @Test
    void whatIsMissingAtTheEndOfTheRangeShowsBehindIt() {
        await(100, 190, 200);

        numbers.shown(100);
        numbers.shown(200);

        assertThat(numbers.missing()).isEqualTo(1);
        assertThat(numbers.firstMissing()).isEqualTo(31);
    }

    private void await(long... pts) {
        for (long one : pts) {
            numbers.awaits(one);
        }
    }
}
