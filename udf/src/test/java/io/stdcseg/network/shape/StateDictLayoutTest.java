// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.shape;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateDictLayoutTest {

    @ParameterizedTest
    @EnumSource
    void listsAPublishedCheckpointLineByLine(Variant variant) throws IOException {
        Map<String, long[]> dict = StateDictLayout.published(new ModelSpec(variant, 19));

        List<String> lines =
                dict.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + written(entry.getValue()))
                        .toList();
        assertThat(lines).containsExactlyElementsOf(published(variant));
    }

    @ParameterizedTest
    @EnumSource
    void everySecondNameHasAFirstOneOfItsShape(Variant variant) {
        ModelSpec spec = new ModelSpec(variant, 19);
        Map<String, long[]> dict = StateDictLayout.published(spec);

        Map<String, String> aliases = StateDictLayout.aliases(spec);

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

    private static List<String> published(Variant variant) throws IOException {
        String resource = "/reference/state_dict_" + variant.label() + ".txt";
        try (InputStream in = StateDictLayoutTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String written(long[] shape) {
        return shape.length == 0
                ? "scalar"
                : Arrays.stream(shape).mapToObj(Long::toString).collect(joining("x"));
    }
}
