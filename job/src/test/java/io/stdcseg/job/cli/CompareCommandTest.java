// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

    private final CommandLineRunner stdc = new CommandLineRunner();

    @TempDir private Path folder;

    @Test
    void writesAPageAndSaysWhatDiffers() throws IOException {
        Path page = folder.resolve("page.html");

        int code =
                stdc.run(
                        "compare",
                        scores("a", 0.5).toString(),
                        scores("b", 0.625).toString(),
                        "--output",
                        page.toString());

        assertThat(code).as(stdc.err()).isZero();
        assertThat(stdc.out().lines())
                .containsExactly("mIoU: A 50.00 %, B 62.50 % (+12.50)", "wrote " + page);
        assertThat(page).content().contains("\"miou\":0.625").endsWith("</html>\n");
    }

    @Test
    void namesThePageThatCannotBeWritten() throws IOException {
        String scores = scores("a", 0.5).toString();
        String page = scores + "/page.html";

        assertThat(stdc.run("compare", scores, scores, "--output", page)).isEqualTo(2);
        assertThat(stdc.err()).startsWith("stdc: --output ").contains(scores).hasLineCount(1);
    }

    private Path scores(String name, double miou) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".json"),
                "{\"frames\":1,\"miou\":" + miou + ",\"iou\":{\"road\":0.5},\"confusion\":[[3]]}");
    }
}
