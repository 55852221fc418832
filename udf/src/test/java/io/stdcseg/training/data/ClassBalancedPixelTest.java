// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassBalancedPixelTest {

    private static final byte VOID = (byte) 255;

    /** Three classes: each takes a third of the draws, however few its pixels. */
    @Test
    void everyClassIsAsLikely() {
        byte[] labels = {VOID, 4, 4, 4, 7, VOID, 4, 9, 4};

        assertThat(ClassBalancedPixel.of(labels, 0, 0)).isEqualTo(1);
        assertThat(ClassBalancedPixel.of(labels, 0.33, 0.99)).isEqualTo(8);
        assertThat(ClassBalancedPixel.of(labels, 0.33, 0.6)).isEqualTo(6);
        assertThat(ClassBalancedPixel.of(labels, 0.34, 0.5)).isEqualTo(4);
        assertThat(ClassBalancedPixel.of(labels, 0.99, 0.99)).isEqualTo(7);
    }

    @Test
    void nothingIsPickedWhereAllIsIgnored() {
        assertThat(ClassBalancedPixel.of(new byte[] {VOID, VOID}, 0.5, 0.5)).isEqualTo(-1);
    }
}
