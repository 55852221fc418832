// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputScaleTest {

    @Test
    void whatPublishedModelsSee() {
        InputScale half = InputScale.by(0.5);
        assertThat(half.inputHeight(1024)).isEqualTo(512);
        assertThat(half.inputWidth(2048, 1024)).isEqualTo(1024);
        assertThat(half.inputHeight(721)).as("truncated").isEqualTo(360);
        assertThat(InputScale.toHeight(360).inputWidth(480, 361)).as("rounded").isEqualTo(479);
    }

    @Test
    void everySizeCanBeMadeOfEverySizeOfItsAspect() {
        for (int rows = 32; rows <= 1100; rows += 7) {
            for (int input = 32; input <= 1100; input += 11) {
                assertMakes(2 * rows, rows, 2 * input, input);
            }
        }
    }

    @Test
    void aHeightWillDoWhereNoFactorDoes() {
        assertThat(InputScale.between(1279, 719, 640, 360)).get().matches(s -> s.factor() > 0);
        assertThat(InputScale.between(33, 1000, 12, 360)).contains(InputScale.toHeight(360));
    }

    @Test
    void anotherAspectCannotBeMade() {
        assertThat(InputScale.between(1280, 720, 1024, 512)).isEmpty();
    }

    private static void assertMakes(int columns, int rows, int inputColumns, int inputRows) {
        InputScale scale = InputScale.between(columns, rows, inputColumns, inputRows).orElseThrow();
        assertThat(scale.inputWidth(columns, rows)).isEqualTo(inputColumns);
        assertThat(scale.inputHeight(rows)).isEqualTo(inputRows);
    }
}
