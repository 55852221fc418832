// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;

class MiouTest {

    private final Miou miou = new Miou();

    private static byte[] png(int... ids) {
        ByteBuffer bytes = ByteBuffer.allocate(ids.length);
        for (int id : ids) {
            bytes.put((byte) id);
        }
        return PictureBytes.png(ids.length, 1, bytes.flip());
    }

    @Test
    void isTheMeanOverTheClassesThatAreThere() {
        Miou.Confusion sum = miou.createAccumulator();
        assertThat(miou.getValue(sum)).isNull();

        // Class 0: 2 of 3; class 4: 1 of 2; the pixel labelled 255 counts nowhere.
        miou.accumulate(sum, png(0, 0, 0, 4, 7), png(0, 0, 4, 4, 255));

        assertThat(miou.getValue(sum)).isEqualTo((2 / 3.0 + 1 / 2.0) / 2);
    }

    @Test
    void partsAddUpThoughTheySawDifferentClasses() {
        Miou.Confusion first = miou.createAccumulator();
        miou.accumulate(first, png(0, 1), png(0, 0));
        Miou.Confusion second = miou.createAccumulator();
        miou.accumulate(second, png(3, 0), png(3, 0));

        miou.merge(first, List.of(second));

        // Class 0: 2 of 3; class 1: 0 of 1; class 3: 1 of 1.
        assertThat(miou.getValue(first)).isEqualTo((2 / 3.0 + 0 + 1) / 3);
        miou.resetAccumulator(first);
        assertThat(miou.getValue(first)).isNull();
    }

    @Test
    void aLabelSetSaysWhatALabelsIdsAre() {
        Miou.Confusion sum = miou.createAccumulator();
        // Cityscapes: id 7 is road, train id 0; id 26 is car, train id 13; id 0 is ignored.
        miou.accumulate(sum, png(0, 13, 5), png(7, 26, 0), "cityscapes");
        assertThat(miou.getValue(sum)).isEqualTo(1);
    }

    @Test
    void whatIsMissingDoesNotCount() {
        Miou.Confusion sum = miou.createAccumulator();
        miou.accumulate(sum, null, png(0));
        miou.accumulate(sum, png(0), null);
        miou.accumulate(sum, png(0), null, "camvid");
        assertThat(miou.getValue(sum)).isNull();
    }

    @Test
    void aLabelOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> miou.accumulate(miou.createAccumulator(), png(0, 0), png(0, 0, 0)))
                .isInstanceOf(SuppressRestartsException.class)
                .hasRootCauseMessage("MIOU: a mask of 2x1 has a label of 3x1; they must be equal");
    }

    @Test
    void whatCannotBeReadIsNotTriedAgain() {
        byte[] torn = {1, 2, 3};
        assertThatThrownBy(() -> miou.accumulate(miou.createAccumulator(), torn, png(0)))
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .isInstanceOf(InputException.class)
                .hasMessageContaining("mask of MIOU");
        assertThatThrownBy(
                        () -> miou.accumulate(miou.createAccumulator(), png(0), torn, "cityscapes"))
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .hasMessageContaining("of MIOU");
    }
}
