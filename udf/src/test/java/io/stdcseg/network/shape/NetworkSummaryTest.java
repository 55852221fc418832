// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.shape;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Variant;
import io.stdcseg.network.shape.NetworkSummary.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkSummaryTest {

    @ParameterizedTest
    @EnumSource
    void listsAPublishedCheckpointLineByLine(Variant variant) throws IOException {
        Map<String, long[]> dict =
                NetworkSummary.of(new ModelSpec(variant, 19), 512, 1024).stateDict();

        List<String> lines =
                dict.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + written(entry.getValue()))
                        .toList();
        assertThat(lines).containsExactlyElementsOf(published(variant));
    }

    @ParameterizedTest
    @EnumSource
    void everySecondNameHasAFirstOneOfItsShape(Variant variant) {
        NetworkSummary summary = NetworkSummary.of(new ModelSpec(variant, 19), 512, 1024);
        Map<String, long[]> dict = summary.stateDict();

        Map<String, String> aliases = summary.aliases();

        assertThat(aliases.keySet())
                .isEqualTo(
                        dict.keySet().stream()
                                .filter(name -> name.matches("cp\\.backbone\\.x\\d.*"))
                                .collect(toSet()));
        assertThat(aliases.values())
                .containsExactlyElementsOf(
                        dict.keySet().stream()
                                .filter(name -> name.contains(".features."))
                                .toList());
        aliases.forEach(
                (alias, name) -> assertThat(dict.get(alias)).as(alias).isEqualTo(dict.get(name)));
    }

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

    private static List<String> published(Variant variant) throws IOException {
        String resource = "/reference/state_dict_" + variant.label() + ".txt";
        try (InputStream in = NetworkSummaryTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String written(long[] shape) {
        return shape.length == 0
                ? "scalar"
                : Arrays.stream(shape).mapToObj(Long::toString).collect(joining("x"));
    }
}
