// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs} speaks of the options that there are. */
class OptionsReferenceTest {

    /** From another module, which is not on the class path here. */
    private static final String SAMPLE = "sample";

    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    private static final Path DOCS = SharedData.projectRoot().resolve("docs");

    @Test
    void theReferenceIsWhatTheCommandsSay() throws IOException {
        CommandLineRunner stdc = new CommandLineRunner();
        assertThat(stdc.run("help", "all")).isZero();

        Map<String, String> written = sections(Files.readString(DOCS.resolve("options.md")));
        Map<String, String> now = sections(stdc.out());

        assertThat(written).containsKey(SAMPLE);
        now.putIfAbsent(SAMPLE, written.get(SAMPLE));
        assertThat(written).as("scripts/stdc help all > docs/options.md").isEqualTo(now);
    }

    @Test
    void tasksNameOptionsThatThereAre() throws IOException {
        Set<String> known = options(Files.readString(DOCS.resolve("options.md")));

        assertThat(known).containsAll(options(Files.readString(DOCS.resolve("tasks.md"))));
    }

    /** What stands in front of the first command, and each command by its name. */
    private static Map<String, String> sections(String page) {
        Map<String, String> sections = new LinkedHashMap<>();
        for (String section : page.strip().split("\n## ")) {
            sections.put(section.lines().findFirst().orElseThrow(), section.strip());
        }
        return sections;
    }

    private static Set<String> options(String text) {
        return OPTION.matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
