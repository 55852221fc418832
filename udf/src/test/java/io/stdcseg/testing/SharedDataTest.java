// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SharedDataTest {

    @Test
    void whatIsAbsentSkipsATestOrFailsIt() {
        assertThatThrownBy(() -> SharedData.require("never/there", false))
                .isNotInstanceOf(AssertionError.class)
                .hasMessageContaining("skipped: real data never/there is not beside");
        assertThatThrownBy(() -> SharedData.require("never/there", true))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("real data never/there is required, but not there");
    }
}
