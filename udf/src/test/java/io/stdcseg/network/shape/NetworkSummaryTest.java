// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkSummaryTest {

    @ParameterizedTest
    @CsvSource({
        "STDC1, 19, 12048928",
        "STDC1, 11, 12045856",
        "STDC2, 19, 16079392",
        "STDC2, 11, 16076320"
    })
    void countsParametersAsPyTorchDoes(Variant variant, int classes, long parameters) {
        NetworkSummary summary = NetworkSummary.of(new ModelSpec(variant, classes), 128, 256);

        assertThat(summary.parameters()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource({"STDC1, 813", "STDC2, 1446"})
    void countsTheBackboneAsItsNameSays(Variant variant, long millions) {
        assertThat(Math.round(NetworkSummary.classifierMacs(variant) / 1e6)).isEqualTo(millions);
    }

    @Test
    void countsOnlyWhatAMaskNeeds() {
        NetworkSummary stdc1 = NetworkSummary.of(new ModelSpec(Variant.STDC1, 19), 512, 1024);
        NetworkSummary stdc2 = NetworkSummary.of(new ModelSpec(Variant.STDC2, 19), 512, 1024);

        assertThat(stdc1.macs() / 1e9).isBetween(16.85, 16.87);
        assertThat(stdc1.backboneMacs() / 1e9).isBetween(7.85, 7.87);
        assertThat(stdc2.macs() / 1e9).isBetween(23.45, 23.47);
        assertThat(stdc1.inferenceParameters() / 1e6).isBetween(8.275, 8.285);
        assertThat(stdc2.inferenceParameters() / 1e6).isBetween(12.305, 12.315);
    }

    @Test
    void roundsSizesUpWhereTwoDoesNotDivide() {
        NetworkSummary summary = NetworkSummary.of(new ModelSpec(Variant.STDC1, 11), 90, 122);

        Layer last = summary.layers().get(summary.layers().size() - 1);
        assertThat(last)
                .isEqualTo(
                        new Layer(
                                "conv_out.conv_out",
                                "conv 1x1",
                                11,
                                12,
                                16,
                                11 * 256,
                                11 * 256 * 12 * 16));
    }
}
