// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.network.InputScale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputMemoryTest {

    private static final InputMemory SIXTEEN = new InputMemory(16_000_000_000L);
    private static final PictureSize HD = new PictureSize(720, 1280);

    @Test
    void aHeightWithTooManyDigitsIsRefused() {
        assertThatThrownBy(() -> SIXTEEN.require(InputScale.toHeight(99_999_999), HD, 1))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "height 99999999 is too large: a picture of 1280x720 becomes"
                                + " 177777776x99999999 before the network, which takes"
                                + " 2666666613 GB of memory; 16 GB holds at most height 7745");
    }

    /** What a refusal names is taken, and the next larger one is not. */
    @ParameterizedTest
    @CsvSource({"16000000000, 1", "16000000000, 8", "1000000000, 1", "900000000000, 1"})
    void theLargestThatIsNamedFits(long bytes, int pictures) {
        InputMemory memory = new InputMemory(bytes);
        PictureSize size = new PictureSize(720, 1280);
        String said =
                memory.refusal(InputScale.toHeight(99_999_999), size, pictures)
                        .orElseThrow()
                        .getMessage();
        int largest = Integer.parseInt(said.replaceAll(".* at most height (\\d+)", "$1"));
        assertThat(memory.refusal(InputScale.toHeight(largest), size, pictures)).isEmpty();
        assertThat(memory.refusal(InputScale.toHeight(largest + 2), size, pictures)).isPresent();
    }

    @Test
    void scalesAreRefusedAsScales() {
        PictureSize large = new PictureSize(20_000, 20_000);
        assertThat(SIXTEEN.refusal(InputScale.by(0.5), large, 1)).isEmpty();
        assertThat(SIXTEEN.refusal(InputScale.by(1), large, 1).orElseThrow())
                .hasMessageStartingWith("scale 1.0 is too large: a picture of 20000x20000 becomes")
                .hasMessageEndingWith("16 GB holds at most scale 0.51");
    }

    @Test
    void usualSizesNeedNoLook() {
        assertThat(SIXTEEN.surelyHolds(InputScale.toHeight(1080))).isTrue();
        assertThat(SIXTEEN.surelyHolds(InputScale.by(1))).isTrue();
        assertThat(SIXTEEN.surelyHolds(InputScale.by(8))).isFalse();
        assertThat(SIXTEEN.surelyHolds(InputScale.toHeight(99_999_999))).isFalse();
    }

    @Test
    void theMachineHasMemory() {
        assertThat(InputMemory.HERE.bytes()).isGreaterThan(100_000_000);
    }
}
