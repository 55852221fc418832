// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.install;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallFlinkLibTest {

    private static final Path OUR_CONFIG = Path.of("../conf/flink/config.yaml");

    @TempDir Path folder;

    @Test
    void preparesADistribution() throws IOException {
        FlinkHome home = distribution("2.3.0");
        Files.writeString(home.lib().resolve("users-own.jar"), "kept");

        String said = install(home, List.of(jar("djl-1.jar", "a"), jar("ffmpeg-1.jar", "b")));

        assertThat(said).contains("Flink 2.3.0", "djl-1.jar ffmpeg-1.jar", "must be restarted");
        assertThat(home.lib().resolve("djl-1.jar")).hasContent("a");
        assertThat(home.lib().resolve("users-own.jar")).exists();
        assertThat(home.folder().resolve("plugins/stdc-job/stdc-job.jar")).hasContent("job");
        assertThat(home.config().resolveSibling("config.yaml.before-stdc")).exists();
        Configuration flinks =
                GlobalConfiguration.loadConfiguration(home.config().getParent().toString());
        assertThat(flinks.getString("env.java.opts.all", ""))
                .startsWith("--add-opens=java.base/java.lang=ALL-UNNAMED -Dusers=1 ")
                .contains("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0")
                .containsOnlyOnce("--add-opens=java.base/java.lang=ALL-UNNAMED");
        assertThat(flinks.getString("taskmanager.memory.task.off-heap.size", "")).isEqualTo("2g");
        assertThat(flinks.getString("rest.port", "")).isEqualTo("9999");
    }

    @Test
    void replacesItsOwnOlderJarsOnly() throws IOException {
        FlinkHome home = distribution("2.3.0");
        install(home, List.of(jar("djl-1.jar", "a")));
        Files.writeString(home.lib().resolve("djl-0.jar"), "the user's");

        String said = install(home, List.of(jar("djl-2.jar", "c")));

        assertThat(said).contains("nothing to change");
        assertThat(home.lib().resolve("djl-1.jar")).doesNotExist();
        assertThat(home.lib().resolve("djl-2.jar")).hasContent("c");
        assertThat(home.lib().resolve("djl-0.jar")).exists();
    }

    /** Two of them would be one by chance. */
    @Test
    void somebodysOwnConnectorForKafkaStaysAlone() throws IOException {
        FlinkHome home = distribution("2.3.0");
        List<Path> jars = List.of(jar("djl-1.jar", "a"), jar("stdc-kafka.jar", "k"));
        assertThat(install(home, jars)).contains("lib: djl-1.jar stdc-kafka.jar\n");
        Files.writeString(home.lib().resolve("flink-sql-connector-kafka-4.0.jar"), "theirs");

        assertThat(install(home, jars))
                .contains(
                        "lib: djl-1.jar\nlib: stdc-kafka.jar is left out beside"
                                + " flink-sql-connector-kafka-4.0.jar\n");
        assertThat(home.lib().resolve("stdc-kafka.jar")).doesNotExist();
        assertThat(home.lib().resolve("flink-sql-connector-kafka-4.0.jar")).hasContent("theirs");
    }

    @Test
    void refusesAFolderThatIsNoFlinkHome() throws IOException {
        assertThatThrownBy(() -> FlinkHome.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessage(folder + " is no Flink home: no flink-dist-2.x.jar in its lib folder");
        Files.delete(distribution("2.3.0").config());
        assertThatThrownBy(() -> FlinkHome.open(folder))
                .hasMessage(folder + " is no Flink home: no conf/config.yaml");
    }

    @Test
    void refusesAnotherMajorVersion() {
        assertThatThrownBy(() -> distribution("1.20.1"))
                .isInstanceOf(InputException.class)
                .hasMessage(folder + " holds Flink 1.20.1; 2.x is allowed");
    }

    @Test
    void aDryRunSaysWhatItWouldDo() throws IOException {
        FlinkHome home = distribution("2.3.0");
        String before = Files.readString(home.config());

        String said = install(home, List.of(jar("djl-1.jar", "a")), true);

        assertThat(said)
                .contains("lib: djl-1.jar", "taskmanager.memory.task.off-heap.size: 2g")
                .endsWith("Nothing was changed, for this was a dry run.\n");
        assertThat(home.config()).hasContent(before);
        assertThat(home.lib().resolve("djl-1.jar")).doesNotExist();
        assertThat(home.config().resolveSibling("config.yaml.before-stdc")).doesNotExist();
    }

    @Test
    void keepsWhatItEditsEachTime() throws IOException {
        FlinkHome home = distribution("2.3.0");
        install(home, List.of());
        String edited =
                Files.readString(home.config()).replace("-Dorg.bytedeco.javacpp.maxBytes=0", "");
        Files.writeString(home.config(), edited);

        String said = install(home, List.of());

        assertThat(said).contains("as it was it is in conf/config.yaml.before-stdc-2");
        assertThat(home.config().resolveSibling("config.yaml.before-stdc-2")).hasContent(edited);
        assertThat(home.config().resolveSibling("config.yaml.before-stdc"))
                .content()
                .doesNotContain("off-heap");
    }

    private String install(FlinkHome home, List<Path> jars) throws IOException {
        return install(home, jars, false);
    }

    private String install(FlinkHome home, List<Path> jars, boolean dryRun) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, UTF_8);
        Path job = jar("stdc-job.jar", "job");
        InstallFlinkLib.install(
                home, new InstallFlinkLib.Source(OUR_CONFIG, jars, job), dryRun, out);
        return said.toString(UTF_8);
    }

    private Path jar(String name, String content) throws IOException {
        return Files.writeString(
                Files.createDirectories(folder.resolve("m2")).resolve(name), content);
    }

    private FlinkHome distribution(String version) throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Files.writeString(lib.resolve("flink-dist-" + version + ".jar"), "");
        Files.writeString(
                Files.createDirectories(folder.resolve("conf")).resolve("config.yaml"),
                """
                env:
                  java:
                    opts:
                      all: --add-opens=java.base/java.lang=ALL-UNNAMED -Dusers=1
                taskmanager:
                  memory:
                    process:
                      size: 1728m
                rest:
                  port: 9999
                """);
        return FlinkHome.open(folder);
    }
}
