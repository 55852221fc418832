// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.SpoiledDeviceError;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class LostDeviceTest {

    private static final String RUNNER =
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner --configDir /opt/flink/conf";

    @ParameterizedTest
    @ValueSource(
            strings = {
                RUNNER,
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                "org.apache.flink.yarn.YarnTaskExecutorRunner -D a=b",
                "org.apache.flink.kubernetes.taskmanager.KubernetesTaskExecutorRunner --configDir x"
            })
    void taskManagersOfAllKindsAreKnown(String command) {
        assertThat(LostDevice.isTaskManager(command)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "io.stdcseg.job.cli.Stdc segment --source TaskManagerRunner",
                "org.apache.flink.client.cli.CliFrontend run job.jar",
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint -c x"
            })
    void othersAreNot(String command) {
        assertThat(LostDevice.isTaskManager(command)).isFalse();
    }

    @Test
    void elsewhereTheJobFailsForGood() {
        assertThatThrownBy(() -> run())
                .satisfies(
                        error ->
                                assertThat(
                                                ExceptionUtils.findThrowable(
                                                        error, SuppressRestartsException.class))
                                        .isPresent())
                .satisfies(
                        error ->
                                assertThat(
                                                ExceptionUtils.findThrowable(
                                                        error, SpoiledDeviceError.class))
                                        .isPresent());
    }

    /** A process that bears a task manager's name: Flink itself ends it. */
    @Test
    void aTaskManagerEnds() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Manager.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(output).isEqualTo(255);
        assertThat(output)
                .containsOnlyOnce("CUDA says: unspecified launch failure; this TaskManager ends")
                .doesNotContain("still there");
    }

    /** What runs as a task manager. */
    static final class Manager {

        private Manager() {}

        public static void main(String[] arguments) throws Exception {
            System.setProperty("sun.java.command", RUNNER);
            try {
                run();
            } finally {
                System.out.print("still there");
            }
        }
    }

    private static void run() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        env.fromSequence(1, 3)
                .transform("segment", Types.LONG, new AsyncBatchOperatorFactory<>(new Lost(), 2))
                .sinkTo(new DiscardingSink<>());
        env.execute();
    }

    /** Its device was lost before the first element. */
    private static final class Lost implements AsyncBatchFunction<Long, Long> {

        private static final long serialVersionUID = 1L;

        @Override
        public CompletableFuture<Long> apply(Long element) {
            RuntimeException failure =
                    new IllegalStateException("CUDA error: unspecified launch failure");
            return CompletableFuture.failedFuture(
                    SpoiledDeviceError.of("gpu0", failure).orElseThrow());
        }
    }
}
