// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.training.loss.LossOptions.DetailRule;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class DetailTargetTest {

    private static final int SIDE = 8;

    @Test
    void oneClassHasNoBoundaries() {
        assertThat(target(DetailRule.CORRECTED, (y, x) -> 3)).matches("[0\\n]+");
    }

    @Test
    void thePublishedTargetTakesThePicturesBorderForOne() {
        String target = target(DetailRule.PUBLISHED, (y, x) -> 3);

        assertThat(target).startsWith("11111111\n");
        // Half the size, the left border is enlarged to columns 0 and 1.
        assertThat(target.lines().toList().get(4)).isEqualTo("11000001");
    }

    @Test
    void bothSidesOfABoundaryCountAndCoarserOnesAreWider() {
        // Between columns 3 and 4; at every second pixel it is seen from column 4, which is
        // enlarged to 4 and 5.
        assertThat(target(DetailRule.CORRECTED, (y, x) -> x < 4 ? 0 : 1).lines())
                .hasSize(SIDE)
                .containsOnly("00011100");
    }

    @Test
    void ignoredPixelsHaveNoBoundaries() {
        Ids ids = (y, x) -> x < 4 ? 2 : 255;

        assertThat(target(DetailRule.CORRECTED, ids)).matches("[0\\n]+");
        // 255 is a class whose number is above its neighbours'.
        assertThat(target(DetailRule.PUBLISHED, ids).lines().toList().get(4)).contains("1");
    }

    private interface Ids {
        int at(int row, int column);
    }

    private static String target(DetailRule rule, Ids ids) {
        ByteBuffer labels = ByteBuffer.allocate(SIDE * SIDE);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                labels.put((byte) ids.at(y, x));
            }
        }
        FloatBuffer target = FloatBuffer.allocate(SIDE * SIDE);
        new DetailTarget(new LabelBatch(1, SIDE, SIDE, labels.flip()), rule).write(target);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < target.capacity(); i++) {
            text.append((int) target.get(i)).append(i % SIDE == SIDE - 1 ? "\n" : "");
        }
        return text.toString();
    }
}
