// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.kafka;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import org.junit.jupiter.api.Test;

class KafkaConnectorTest {

    @Test
    void withoutItOneLineNamesTheJar() {
        ClassLoader without = ClassLoader.getPlatformClassLoader();

        assertThatThrownBy(() -> KafkaConnector.require(without))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--kafka-servers needs stdc-kafka.jar, which mvn ")
                .hasMessageNotContaining("\n");
        assertThatCode(() -> KafkaConnector.require(getClass().getClassLoader()))
                .doesNotThrowAnyException();
    }
}
