// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ViewCommandTest {

    @TempDir private Path folder;

    @Test
    void printsTheAddressAndServesUntilItIsInterrupted() throws Exception {
        Files.writeString(folder.resolve("live.html"), "<p>live</p>");
        PipedInputStream printed = new PipedInputStream();
        PrintStream out = new PrintStream(new PipedOutputStream(printed), true, "UTF-8");
        Thread command =
                new Thread(
                        () ->
                                new Stdc(out, System.err)
                                        .run("view", folder.toString(), "--port", "0"));
        command.start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8))) {
            URI address = URI.create(lines.readLine());
            assertThat(address.toString()).matches("http://127\\.0\\.0\\.1:\\d+/live\\.html");
            assertThat(
                            HttpClient.newHttpClient()
                                    .send(
                                            HttpRequest.newBuilder(address).build(),
                                            BodyHandlers.ofString())
                                    .body())
                    .isEqualTo("<p>live</p>");
        } finally {
            command.interrupt();
            command.join();
        }
    }
}
