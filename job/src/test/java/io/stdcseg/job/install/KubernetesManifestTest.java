// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.job.failure.CauseEnricher;
import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.run.SegmentJob;
import io.stdcseg.job.testing.Manifest;
import io.stdcseg.job.testing.StructuralSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What {@code conf/kubernetes} has for the Flink operator. */
class KubernetesManifestTest {

    /** Of the newest operator on Maven Central, 1.10. */
    private static final String SCHEMA =
            "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

    private static final String PROCESS = "taskmanager.memory.process.size";

    @TempDir private Path secrets;

    static List<Manifest> deployments() throws IOException {
        return Manifest.deployments();
    }

    @Test
    void everyFileIsOneResource() throws IOException {
        assertThat(Manifest.all())
                .hasSizeGreaterThan(2)
                .allSatisfy(
                        manifest ->
                                assertThat(manifest.content().keySet())
                                        .asString()
                                        .isEqualTo("[apiVersion, kind, metadata, spec]"));
        assertThat(deployments()).hasSize(2);
    }

    /** That schema ends at Flink 1.20, which is the only thing it may find fault with. */
    @ParameterizedTest
    @MethodSource("deployments")
    void isAsTheOperatorsSchemaSays(Manifest manifest) throws IOException {
        Map<?, ?> spec = (Map<?, ?>) manifest.at("spec");

        assertThat(StructuralSchema.violations(operatorsSchema(), spec))
                .singleElement()
                .asString()
                .startsWith(".flinkVersion: v2_3 is none of [")
                .endsWith("v1_20]");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void mistakesAreFound(Manifest manifest) throws IOException {
        Map<Object, Object> spec = new HashMap<>((Map<?, ?>) manifest.at("spec"));
        spec.put("flinkVersion", "v1_20");
        spec.put("serviceacount", "flink");
        spec.put("job", Map.of("parallelism", "4", "args", List.of("--watch", true)));
        spec.put("podTemplate", Map.of("spec", Map.of("containers", Map.of())));

        assertThat(StructuralSchema.violations(operatorsSchema(), spec))
                .containsExactlyInAnyOrder(
                        ".serviceacount: unknown",
                        ".job.parallelism: 4 is no integer",
                        ".job.args[1]: true is no string",
                        ".podTemplate.spec.containers: {} is no array");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void theJobTakesItsCommandLine(Manifest manifest) throws IOException {
        Files.writeString(secrets.resolve("sources"), "--source rtsp://me:geheim@camera/street\n");
        OptionParser parser = new OptionParser("segment", "", SegmentOptions.ALL);
        String[] args =
                Stream.of(manifest.args())
                        .map(arg -> arg.replace("@/secrets", "@" + secrets))
                        .toArray(String[]::new);
        SegmentSettings settings = SegmentSettings.of(parser.parse(args));

        assertThat(settings.sources()).isNotEmpty();
        assertThat(manifest.at("spec", "job", "entryClass")).isEqualTo(SegmentJob.class.getName());
        assertThat(manifest.flinkConfiguration())
                .containsEntry("jobmanager.failure-enrichers", CauseEnricher.class.getName());
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void flinkKnowsEveryKey(Manifest manifest) throws IllegalAccessException {
        assertThat(FlinkKeys.all()).containsAll(manifest.flinkConfiguration().keySet());
    }

    /** As {@code install-flink-lib --dry-run} says it of somebody's Flink. */
    @ParameterizedTest
    @MethodSource("deployments")
    void nothingIsLeftToInstall(Manifest manifest) throws IOException {
        ConfigMerge.Result merged = ConfigMerge.merge(ours(), config(manifest));

        assertThat(merged.changes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void thePodsHoldWhatTheJobNeeds(Manifest manifest) throws IOException {
        Configuration config = Configuration.fromMap(config(manifest).asMap());
        TaskExecutorProcessSpec divided = TaskExecutorProcessUtils.processSpecFromConfig(config);
        Configuration ours = Configuration.fromMap(ours().asMap());
        TaskExecutorProcessSpec needed = TaskExecutorProcessUtils.processSpecFromConfig(ours);

        assertThat(divided.getTaskOffHeapSize())
                .isGreaterThanOrEqualTo(needed.getTaskOffHeapSize());
        assertThat(divided.getTaskHeapSize()).isGreaterThanOrEqualTo(needed.getTaskHeapSize());
        config.setString(
                JobManagerOptions.TOTAL_PROCESS_MEMORY.key(),
                (String) manifest.at("spec", "jobManager", "resource", "memory"));
        assertThat(
                        JobManagerProcessUtils.processSpecFromConfig(config)
                                .getJvmHeapMemorySize()
                                .getMebiBytes())
                .isGreaterThanOrEqualTo(512);
    }

    /**
     * Every container: those of the template that both share, and the one beside the JobManager.
     */
    @ParameterizedTest
    @MethodSource("deployments")
    void containersMayDoNothing(Manifest manifest) {
        Map<?, ?> main =
                (Map<?, ?>)
                        manifest.at(
                                "spec", "podTemplate", "spec", "containers", 0, "securityContext");
        Object health =
                manifest.at(
                        "spec",
                        "jobManager",
                        "podTemplate",
                        "spec",
                        "containers",
                        1,
                        "securityContext");

        assertThat(main)
                .isEqualTo(
                        Map.of(
                                "allowPrivilegeEscalation", false,
                                "readOnlyRootFilesystem", true,
                                "capabilities", Map.of("drop", List.of("ALL"))))
                .isEqualTo(health);
        assertThat(manifest.at("spec", "podTemplate", "spec", "securityContext", "runAsNonRoot"))
                .isEqualTo(true);
    }

    /** What keeps restarting would take the whole cluster with it. */
    @ParameterizedTest
    @MethodSource("deployments")
    void podsAreStartedAgainOnlyForWhatThatMends(Manifest manifest) {
        Map<?, ?> main =
                (Map<?, ?>)
                        manifest.at("spec", "jobManager", "podTemplate", "spec", "containers", 0);

        assertThat(main.get("livenessProbe"))
                .extracting("httpGet")
                .isEqualTo(Map.of("path", "/live", "port", 8092));
    }

    private static FlinkConfig ours() throws IOException {
        return new FlinkConfig(Files.readString(Path.of("../conf/flink/config.yaml")));
    }

    /** The operator makes the pod's memory the total. */
    private static FlinkConfig config(Manifest manifest) {
        FlinkConfig config = new FlinkConfig("");
        for (Map.Entry<String, String> entry : manifest.flinkConfiguration().entrySet()) {
            config = config.with(entry.getKey(), entry.getValue());
        }
        return config.with(
                PROCESS, (String) manifest.at("spec", "taskManager", "resource", "memory"));
    }

    private static Map<?, ?> operatorsSchema() throws IOException {
        try (InputStream in =
                KubernetesManifestTest.class.getClassLoader().getResourceAsStream(SCHEMA)) {
            Load yaml = new Load(LoadSettings.builder().build());
            Map<?, ?> definition = (Map<?, ?>) yaml.loadFromInputStream(in);
            Manifest file = new Manifest(SCHEMA, definition);
            return (Map<?, ?>)
                    file.at(
                            "spec",
                            "versions",
                            0,
                            "schema",
                            "openAPIV3Schema",
                            "properties",
                            "spec");
        }
    }
}
