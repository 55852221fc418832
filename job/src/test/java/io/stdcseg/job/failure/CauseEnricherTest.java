// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.error.InputException;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.failure.FailureEnricher;
import org.apache.flink.core.failure.FailureEnricherFactory;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class CauseEnricherTest {

    @Test
    void unusableInputIsSaidAsItIs() {
        Throwable error =
                new SuppressRestartsException(
                        new InputException("video a.mp4 cannot be read", new Exception("detail")));

        assertThat(CauseEnricher.cause(error)).isEqualTo("video a.mp4 cannot be read");
        assertThat(CauseEnricher.cause(new SerializedThrowable(error)))
                .isEqualTo("video a.mp4 cannot be read");
    }

    @Test
    void ofOtherErrorsTheInnermostIsTold() {
        Throwable error = new RuntimeException("outside", new IllegalStateException("a\n  line"));

        assertThat(CauseEnricher.cause(error)).isEqualTo("IllegalStateException: a line");
        assertThat(CauseEnricher.cause(new NullPointerException()))
                .isEqualTo("NullPointerException");
    }

    @Test
    void flinkFindsItAndTakesItsLabel() throws Exception {
        FailureEnricher enricher =
                ServiceLoader.load(FailureEnricherFactory.class).stream()
                        .filter(provider -> provider.type() == CauseEnricher.Factory.class)
                        .findFirst()
                        .orElseThrow()
                        .get()
                        .createFailureEnricher(new Configuration());

        Map<String, String> labels = enricher.processFailure(new InputException("no"), null).get();

        assertThat(labels).isEqualTo(Map.of("cause", "no"));
        assertThat(enricher.getOutputKeys()).isEqualTo(labels.keySet());
    }
}
