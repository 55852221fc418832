// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import io.stdcseg.job.process.Build;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** Versions of what a process runs on. */
final class Versions {

    private Versions() {}

    /** By name, in the order to show them. */
    static Map<String, String> ofProcess() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("stdc-flink", Build.ofProcess().toString());
        versions.put("Flink", EnvironmentInformation.getVersion());
        versions.put("Java", Runtime.version() + ", " + System.getProperty("java.vm.name"));
        versions.put(
                "system",
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + ", "
                        + System.getProperty("os.arch"));
        versions.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        return versions;
    }
}
