// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import java.time.Duration;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class SegmenterOptionsTest {

    private static final SegmenterOptions DEFAULTS = SegmenterOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS.weights()).isNull();
        assertThat(DEFAULTS.model()).isNull();
        assertThat(DEFAULTS.labels()).isNull();
        assertThat(DEFAULTS.scale()).isNull();
        assertThat(DEFAULTS.scales()).isEmpty();
        assertThat(DEFAULTS.flip()).isFalse();
        assertThat(DEFAULTS.device()).isEqualTo("auto");
        assertThat(DEFAULTS.precision()).isEqualTo("auto");
        assertThat(DEFAULTS.threads()).isZero();
        assertThat(DEFAULTS.batchSizeOn(false)).isEqualTo(1);
        assertThat(DEFAULTS.batchSizeOn(true)).isEqualTo(32);
        assertThat(DEFAULTS.enoughOn(true)).isEqualTo(8);
        assertThat(DEFAULTS.enoughOn(false)).isEqualTo(1);
        assertThat(DEFAULTS.largestBatch()).isEqualTo(8);
        assertThat(DEFAULTS.batchTimeoutOn(false)).isZero();
        assertThat(DEFAULTS.batchTimeoutOn(true)).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void eachCanBeChosen() {
        SegmenterOptions options =
                DEFAULTS.withWeights("w.pth")
                        .withModel("stdc2-seg75")
                        .withLabels(LabelSet.of("camvid"))
                        .withScale(InputScale.toHeight(360))
                        .withEngine("onnxruntime")
                        .withProvider("cuda")
                        .withDevice("gpu:1")
                        .withPrecision("fp32")
                        .withBatches(3, Duration.ofMillis(7))
                        .withThreads(2);

        assertThat(options)
                .isEqualTo(
                        new SegmenterOptions(
                                "w.pth",
                                "stdc2-seg75",
                                LabelSet.of("camvid"),
                                InputScale.toHeight(360),
                                List.of(),
                                false,
                                "onnxruntime",
                                "cuda",
                                "gpu:1",
                                "fp32",
                                3,
                                Duration.ofMillis(7),
                                2));
        assertThat(options.batchSizeOn(true)).isEqualTo(3);
        assertThat(options.batchTimeoutOn(true)).isEqualTo(Duration.ofMillis(7));
        assertThat(DEFAULTS.withScales(List.of(0.5, 1.0), true).scales()).containsExactly(0.5, 1.0);
    }

    @Test
    void theyTravel() throws Exception {
        SegmenterOptions options =
                DEFAULTS.withLabels(LabelSet.of("camvid")).withScale(InputScale.by(0.5));

        assertThat(InstantiationUtil.clone(options)).isEqualTo(options);
    }

    @Test
    void mirroringAloneKeepsTheScale() {
        SegmenterOptions mirrored =
                DEFAULTS.withScale(InputScale.by(0.25)).withScales(List.of(), true);

        assertThat(mirrored.scale()).isEqualTo(InputScale.by(0.25));
        assertThat(mirrored.flip()).isTrue();
    }

    @Test
    void nonsenseIsRefusedInOneLine() {
        refused(() -> DEFAULTS.withModel("resnet"), "model 'resnet' is unknown");
        refused(() -> DEFAULTS.withDevice("abacus"), "device 'abacus' is unknown");
        refused(() -> DEFAULTS.withPrecision("int4"), "precision 'int4' is unknown");
        refused(() -> DEFAULTS.withScales(List.of(-1.0), false), "scale -1.0");
        refused(() -> DEFAULTS.withBatches(-1, null), "batch size -1 is not allowed");
        refused(() -> DEFAULTS.withThreads(-1), "threads -1 are not allowed");
        refused(
                () -> DEFAULTS.withBatches(1, Duration.ofMillis(-1)),
                "batch timeout PT-0.001S is not allowed");
    }

    private static void refused(Runnable choice, String reason) {
        assertThatThrownBy(choice::run)
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(reason)
                .hasMessageNotContaining("\n");
    }
}
