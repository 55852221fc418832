// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.engine.Engine;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.error.InputException;
import io.stdcseg.job.process.Build;
import java.util.stream.Collectors;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** What {@code stdc --version} prints; loads nothing native. */
final class VersionText {

    private VersionText() {}

    static String text() {
        return String.join(
                System.lineSeparator(),
                "stdc-flink " + Build.ofProcess(),
                "Flink " + EnvironmentInformation.getVersion() + ", Java " + Runtime.version(),
                "engines: "
                        + Engines.all().stream()
                                .map(VersionText::text)
                                .collect(Collectors.joining(", ")));
    }

    private static String text(Engine engine) {
        try {
            engine.checkPresent();
            return engine.name() + " " + engine.version();
        } catch (InputException e) {
            return engine.name() + " (not on the class path)";
        }
    }
}
