// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.testing.FakeSegmenter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes of one host, each with one slot, that see the same three GPUs. */
@Timeout(120)
class HostPlaceTest {

    @TempDir private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void eachProcessTakesAGpuOfItsOwn() throws Exception {
        assertThat(List.of(start(), start(), start()))
                .containsExactlyInAnyOrder("gpu0", "gpu1", "gpu2");

        assertThat(start()).isEqualTo("gpu0"); // There is no fourth.
    }

    @Test
    void whoIsKilledLeavesItsPlace() throws Exception {
        assertThat(List.of(start(), start())).containsExactly("gpu0", "gpu1");
        processes.get(0).destroyForcibly().waitFor();

        assertThat(start()).isEqualTo("gpu0");
    }

    @Test
    void jobsOfAProcessThatDoNotKnowEachOtherHaveTheirOwn() throws Exception {
        try (HostPlace first = HostPlace.take(folder);
                HostPlace second = HostPlace.take(folder)) {
            assertThat(List.of(first.number(), second.number())).containsExactly(0, 1);
        }
        try (HostPlace again = HostPlace.take(folder)) {
            assertThat(again.number()).isZero();
        }
    }

    /** The device that another process takes. */
    private String start() throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Slot.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        processes.add(process);
        BufferedReader answers =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        return answers.readLine();
    }

    /** Takes a network, says where, and keeps it until it is ended. */
    static final class Slot implements SharedNetworks.Opener {

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            SharedNetworks networks = new SharedNetworks(new Slot(), () -> place(folder));
            SharedNetwork.Lease lease = networks.acquire("job", SegmenterOptions.DEFAULTS);
            System.out.println(lease.info().device());
            int unused = System.in.read();
        }

        private static HostPlace place(Path folder) {
            try {
                return HostPlace.take(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<String> devices(SegmenterOptions options) {
            return List.of("gpu0", "gpu1", "gpu2");
        }

        @Override
        public Segmenter open(SegmenterOptions options, String device) {
            return new FakeSegmenter(device);
        }
    }
}
