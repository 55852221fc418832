// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineFingerprintTest {

    @Test
    void aProcessorIsWhatItIsAndCanDoNotHowFastItIsJustNow() {
        String text =
                """
                processor\t: 0
                vendor_id\t: GenuineIntel
                model name\t: A Processor
                cpu MHz\t\t: 2600.123
                flags\t\t: fpu avx2
                bogomips\t: 5200.00

                processor\t: 1
                flags\t\t: fpu avx2 more
                """;

        assertThat(MachineFingerprint.processor(text))
                .isEqualTo(
                        "vendor_id\t: GenuineIntel\n"
                                + "model name\t: A Processor\n"
                                + "flags\t\t: fpu avx2");
    }

    @Test
    void itsVerdictsHaveOnePlace() {
        assertThat(MachineFingerprint.verdicts())
                .isEqualTo(MachineFingerprint.verdicts())
                .hasExtension("properties");
    }
}
