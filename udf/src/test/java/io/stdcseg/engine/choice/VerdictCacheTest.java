// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictCacheTest {

    @TempDir private Path folder;

    @Test
    void whatOneFoundTheNextKnows() throws IOException {
        Path file = folder.resolve("new/verdicts.properties");

        Map<String, String> found =
                new VerdictCache(file)
                        .complete(
                                known -> {
                                    assertThat(known).isEmpty();
                                    return Map.of("pytorch.fp32", "PASSED 1 2 ");
                                });

        assertThat(found).containsExactly(Map.entry("pytorch.fp32", "PASSED 1 2 "));
        assertThat(new VerdictCache(file).complete(known -> Map.of())).isEqualTo(found);
        assertThat(new VerdictCache(file).complete(known -> Map.of("more", "x")))
                .containsOnlyKeys("pytorch.fp32", "more");
    }

    @Test
    void aDamagedFileIsAsNone() throws IOException {
        Path file = folder.resolve("verdicts.properties");
        Files.writeString(file, "key = \\u00zz");

        assertThat(new VerdictCache(file).read()).isEmpty();
        assertThat(new VerdictCache(file).complete(known -> Map.of("a", "b"))).hasSize(1);
    }

    @Test
    void whereNothingCanBeKeptItIsFoundAllTheSame() throws IOException {
        Path taken = Files.createFile(folder.resolve("file"));

        assertThat(
                        new VerdictCache(taken.resolve("verdicts.properties"))
                                .complete(known -> Map.of("a", "b")))
                .containsExactly(Map.entry("a", "b"));
    }
}
