// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real process that is signalled. */
@Timeout(60)
class StopSignalsITCase {

    private static final int SIGTERM = 128 + 15;

    @Test
    void theFirstSignalAsks() throws Exception {
        Process process = start("stops");
        try (BufferedReader said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ready");

            process.toHandle().destroy();

            assertThat(said.readLine()).isEqualTo("asked");
            assertThat(said.readLine()).isEqualTo("ends with 143");
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aSecondOneEndsTheProcessAtOnceWhateverItIsAt() throws Exception {
        Process process = start("never stops");
        try (BufferedReader said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ready");
            process.toHandle().destroy();
            process.toHandle().destroy();
            assertThat(said.readLine()).isEqualTo("asked");

            do {
                process.toHandle().destroy();
            } while (!process.waitFor(50, TimeUnit.MILLISECONDS));

            assertThat(process.exitValue()).isEqualTo(SIGTERM);
            assertThat(said.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Signalled by its handle: whoever destroys the process itself hears no more of it. */
    private static Process start(String how) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        how)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Works until it is asked to stop; where it never stops, its end hangs as well. */
    static final class Worker {

        public static void main(String[] args) throws InterruptedException {
            CountDownLatch stopped = new CountDownLatch(1);
            boolean stops = args[0].equals("stops");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            try (StopSignals signals =
                    StopSignals.asking(
                            () -> {
                                System.out.println("asked");
                                if (stops) {
                                    stopped.countDown();
                                }
                            })) {
                System.out.println("ready");
                stopped.await();
                System.out.println("ends with " + signals.exitCode());
            }
        }
    }
}
