// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.store.StorePaths;
import io.stdcseg.stores.S3Server;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The claim of an output in a bucket, as its job's tasks meet it. */
class S3ClaimITCase {

    private static final int READINGS = 500;

    private static S3Server server;

    @BeforeAll
    static void start() throws Exception {
        server = new S3Server();
        Configuration settings = Configuration.fromMap(server.settings());
        FileSystem.initialize(settings, PluginUtils.createPluginManagerFromRootFolder(settings));
    }

    @AfterAll
    static void stop() throws Exception {
        FileSystem.initialize(new Configuration(), null);
        server.close();
    }

    /** As often as a store can bear it: in a run, the moment is hit once in some hundreds. */
    @Test
    void aSignOfLifeWhileTheClaimIsReadDisturbsNobody() throws Exception {
        ClaimFile file =
                ClaimFile.of(StorePaths.path(S3Server.uri("out/.claim")), Duration.ofMillis(100));
        file.write("0");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> holder =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                for (int sign = 1; !over.get(); sign++) {
                                    file.write(String.valueOf(sign));
                                }
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        int last = 0;
        for (int reading = 0; reading < READINGS; reading++) {
            int sign = Integer.parseInt(file.read());
            assertThat(sign).isGreaterThanOrEqualTo(last);
            last = sign;
        }
        over.set(true);
        holder.join();
        assertThat(last).isPositive();
    }
}
