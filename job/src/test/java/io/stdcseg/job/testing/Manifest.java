// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import io.stdcseg.testing.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A manifest of {@code conf/kubernetes}.
 *
 * @param content of YAML's mappings, sequences and scalars
 */
public record Manifest(String file, Map<?, ?> content) {

    /** Every file of the folder. */
    public static List<Manifest> all() throws IOException {
        Path folder = SharedData.projectRoot().resolve("conf/kubernetes");
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(Manifest::read).toList();
        }
    }

    /** Those that the Flink operator reads. */
    public static List<Manifest> deployments() throws IOException {
        return all().stream()
                .filter(manifest -> manifest.content.get("kind").equals("FlinkDeployment"))
                .toList();
    }

    /** What stands below keys that follow each other; numbers are places in a sequence. */
    public Object at(Object... path) {
        Object value = content;
        for (Object key : path) {
            value =
                    key instanceof Integer place
                            ? ((List<?>) value).get(place)
                            : ((Map<?, ?>) value).get(key);
        }
        return value;
    }

    /** Flink's configuration. */
    @SuppressWarnings("unchecked")
    public Map<String, String> flinkConfiguration() {
        return (Map<String, String>) at("spec", "flinkConfiguration");
    }

    /** The job's command line. */
    public String[] args() {
        return ((List<?>) at("spec", "job", "args")).toArray(String[]::new);
    }

    @Override
    public String toString() {
        return file;
    }

    private static Manifest read(Path file) {
        try {
            Load yaml = new Load(LoadSettings.builder().build());
            Object content = yaml.loadFromString(Files.readString(file));
            return new Manifest(file.getFileName().toString(), (Map<?, ?>) content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
