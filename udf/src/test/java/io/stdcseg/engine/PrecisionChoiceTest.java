// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.network.Precision;
import org.junit.jupiter.api.Test;

class PrecisionChoiceTest {

    @Test
    void autoLeavesTheChoiceToOthers() {
        assertThat(PrecisionChoice.parse("auto").precision()).isNull();
        assertThat(PrecisionChoice.parse("bf16").precision()).isEqualTo(Precision.BF16);
        assertThatCode(() -> PrecisionChoice.parse("auto").check("gpu0"))
                .doesNotThrowAnyException();
        assertThatCode(() -> PrecisionChoice.parse("fp16").check("gpu0"))
                .doesNotThrowAnyException();
        assertThatCode(() -> PrecisionChoice.parse("int8").check("cpu")).doesNotThrowAnyException();
    }

    @Test
    void halfNeedsAGpu() {
        refused(
                () -> PrecisionChoice.parse("fp16").check("cpu"),
                "precision fp16 needs a GPU; allowed on a CPU are auto, fp32, bf16 and int8");
    }

    @Test
    void eightBitsNeedACpu() {
        refused(
                () -> PrecisionChoice.parse("int8").check("gpu0"),
                "precision int8 needs a CPU; allowed on a GPU are auto, fp32, bf16 and fp16");
    }

    @Test
    void theUnknownIsRefusedWithWhatIsAllowed() {
        refused(
                () -> PrecisionChoice.parse("int4"),
                "precision 'int4' is unknown; allowed are auto, fp32, bf16, fp16 and int8");
    }

    private static void refused(Runnable choice, String reason) {
        assertThatThrownBy(choice::run).isInstanceOf(InputException.class).hasMessage(reason);
    }
}
