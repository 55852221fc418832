// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.job.LocalCluster.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that run a real cluster. */
class ClusterITCase {

    @TempDir Path folder;

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        try (LocalCluster cluster = new LocalCluster(folder.resolve("flink"))) {
            assertThat(cluster.start(0, 1))
                    .isEqualTo(
                            new Ended(
                                    2,
                                    "cluster: --taskmanagers 0: a whole number from 1 up is"
                                            + " allowed\n"));
            assertThat(cluster.script("flink", "run", "stdc-job.jar"))
                    .isEqualTo(
                            new Ended(
                                    1,
                                    "flink: no cluster is running; start one with scripts/cluster"
                                            + " start\n"));
            assertThat(cluster.script("install-flink-lib", folder.toString()))
                    .isEqualTo(
                            new Ended(
                                    1,
                                    "install-flink-lib: "
                                            + folder
                                            + " is no Flink home: no flink-dist-2.x.jar in its lib"
                                            + " folder\n"));
        }
    }
}
