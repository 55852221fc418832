// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.install;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.junit.jupiter.api.Test;

/** The configurations that {@code conf} has for clusters. */
class ShippedConfigTest {

    private static final String LOOPBACK = "127.0.0.1";

    @Test
    void theLocalClusterListensOnThisMachineOnly() {
        Configuration local = GlobalConfiguration.loadConfiguration("../conf/flink");

        assertThat(local.get(JobManagerOptions.ADDRESS)).isEqualTo(LOOPBACK);
        assertThat(local.get(JobManagerOptions.BIND_HOST)).isEqualTo(LOOPBACK);
        assertThat(local.get(TaskManagerOptions.HOST)).isEqualTo(LOOPBACK);
        assertThat(local.get(TaskManagerOptions.BIND_HOST)).isEqualTo(LOOPBACK);
        assertThat(local.get(RestOptions.BIND_ADDRESS)).isEqualTo(LOOPBACK);
    }

    @Test
    void nobodyUploadsProgramsInProduction() {
        Configuration production = GlobalConfiguration.loadConfiguration("../conf/production");

        assertThat(production.get(WebOptions.SUBMIT_ENABLE)).isFalse();
        assertThat(production.get(SecurityOptions.SSL_REST_AUTHENTICATION_ENABLED)).isTrue();
        assertThat(production.get(SecurityOptions.SSL_INTERNAL_ENABLED)).isTrue();
    }

    @Test
    void flinkKnowsEveryKeyOfProduction() throws IllegalAccessException {
        assertThat(FlinkKeys.all())
                .containsAll(GlobalConfiguration.loadConfiguration("../conf/production").keySet());
    }
}
