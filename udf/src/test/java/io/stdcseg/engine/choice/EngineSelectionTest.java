// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.Engine;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Verdict.Outcome;
import io.stdcseg.error.InputException;
import io.stdcseg.network.Precision;
import io.stdcseg.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With verdicts that are known already. */
class EngineSelectionTest {

    private static final Engine PYTORCH = Engines.named("pytorch");
    private static final Engine OTHER = Engines.named("onnxruntime");
    private static final SegmenterOptions AUTO = SegmenterOptions.DEFAULTS.withDevice("cpu");

    private final Weights weights = Weights.defaults();
    private final Map<String, String> known = new TreeMap<>();

    @TempDir private Path folder;
    private ProcessorFlags processor = new ProcessorFlags(Set.of());

    @BeforeEach
    void allPass() {
        verdict(PYTORCH, Precision.INT8, Verdict.passed(0.98, 10));
        verdict(PYTORCH, Precision.BF16, Verdict.passed(0.99, 20));
        verdict(PYTORCH, Precision.FP32, Verdict.passed(1, 40));
        verdict(OTHER, Precision.INT8, Verdict.passed(0.98, 20));
        verdict(OTHER, Precision.FP32, Verdict.passed(1, 43));
        agreement(PYTORCH, Precision.INT8, 0.997);
        agreement(PYTORCH, Precision.BF16, 0.999);
        agreement(OTHER, Precision.INT8, 0.997);
    }

    @Test
    void theFastestIsTaken() throws IOException {
        assertThat(choose(AUTO)).hasToString("pytorch in int8");
        verdict(OTHER, Precision.INT8, Verdict.passed(0.98, 5));
        assertThat(choose(AUTO)).hasToString("onnxruntime in int8");
    }

    @Test
    void theUsualOneIsAsLongAsItIsNotMuchSlower() throws IOException {
        verdict(OTHER, Precision.INT8, Verdict.passed(0.98, 9.5));

        assertThat(choose(AUTO)).hasToString("pytorch in int8");
    }

    @Test
    void masksThatAreNotThoseOfSinglePrecisionAreNot() throws IOException {
        agreement(PYTORCH, Precision.INT8, 0.9949);
        assertThat(choose(AUTO)).hasToString("pytorch in bf16");
        agreement(PYTORCH, Precision.BF16, 0.9);
        agreement(OTHER, Precision.INT8, 0.9);
        assertThat(choose(AUTO)).hasToString("pytorch in fp32");
    }

    @Test
    void whereComparingWouldTakeMinutesSinglePrecisionIsTaken() throws IOException {
        known.keySet().removeIf(key -> key.startsWith("agreement"));
        verdict(PYTORCH, Precision.FP32, Verdict.passed(1, 20_000));
        verdict(OTHER, Precision.FP32, Verdict.passed(1, 30_000));

        assertThat(choose(AUTO)).hasToString("pytorch in fp32");
    }

    @Test
    void whatFailsItsTrialIsNot() throws IOException {
        verdict(PYTORCH, Precision.INT8, Verdict.failed(Outcome.CRASHED, "ended its process"));
        verdict(PYTORCH, Precision.BF16, Verdict.failed(Outcome.UNABLE, "it lacks bf16"));
        verdict(PYTORCH, Precision.FP32, Verdict.failed(Outcome.HUNG, "gave no answer"));

        assertThat(choose(AUTO)).hasToString("onnxruntime in int8");
        assertThat(choose(AUTO.withPrecision("fp32"))).hasToString("onnxruntime in fp32");
    }

    @Test
    void whatIsAskedForByNameIsTakenWhateverItsMasks() throws IOException {
        agreement(PYTORCH, Precision.INT8, 0.5);

        assertThat(choose(AUTO.withPrecision("int8"))).hasToString("pytorch in int8");
        assertThat(choose(AUTO.withPrecision("bf16"))).hasToString("pytorch in bf16");
    }

    @Test
    void whatTheProcessorHasNoInstructionsForIsTriedOnlyByName() throws IOException {
        processor = new ProcessorFlags(Set.of("fpu", "avx2"));

        assertThat(choose(AUTO)).hasToString("pytorch in fp32");
        assertThat(choose(AUTO.withPrecision("int8"))).hasToString("pytorch in int8");
        assertThat(choose(AUTO.withPrecision("bf16"))).hasToString("pytorch in bf16");
    }

    @Test
    void whereNothingPassesTheReasonIsGiven() {
        verdict(PYTORCH, Precision.BF16, Verdict.failed(Outcome.UNABLE, "lacks an instruction"));

        assertThatThrownBy(() -> choose(AUTO.withPrecision("bf16")))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "pytorch in bf16 lacks an instruction; allowed on this machine are pytorch"
                                + " in int8, pytorch in fp32, onnxruntime in int8, onnxruntime in"
                                + " fp32");
    }

    @Test
    void whatNoEngineHasIsRefused() {
        assertThatThrownBy(() -> choose(AUTO.withPrecision("bf16"), OTHER))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "precision bf16 is not for engine onnxruntime on cpu; allowed with it are"
                                + " auto, int8, fp32");
    }

    private Candidate choose(SegmenterOptions options) throws IOException {
        return choose(options, PYTORCH, OTHER);
    }

    private Candidate choose(SegmenterOptions options, Engine... engines) throws IOException {
        VerdictCache cache = new VerdictCache(folder.resolve("verdicts.properties"));
        cache.complete(before -> known);
        Trials trials = new Trials(cache, Duration.ofMinutes(1));
        return new EngineSelection(trials, processor, options, "cpu")
                .choose(List.of(engines), weights);
    }

    private void verdict(Engine engine, Precision precision, Verdict verdict) {
        known.put(new Candidate(engine, precision, "cpu").key(), verdict.text());
    }

    private void agreement(Engine engine, Precision precision, double share) {
        String key = new Candidate(engine, precision, "cpu").key();
        known.put(
                "agreement." + key + "." + weights.sha256() + ".height-360",
                Double.toString(share));
    }
}
