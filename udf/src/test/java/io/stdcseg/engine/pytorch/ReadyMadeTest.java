// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.checkpoint.TorchScriptFile;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import org.junit.jupiter.api.Test;

class ReadyMadeTest {

    @Test
    void eightBitsNeedACpu() {
        TorchScriptFile archive = new TorchScriptFile(null, null, "int8", null, true, "");

        assertThatThrownBy(() -> ReadyMade.info(SegmenterOptions.DEFAULTS, archive, "gpu0"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "precision int8 needs a CPU; allowed on a GPU are auto, fp32, bf16 and"
                                + " fp16");
    }
}
