// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.function.SegmentFunction;
import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.testing.SharedData;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class SegmentPipelineTest {

    private static final Path SAMPLES = SharedData.projectRoot().resolve("samples");

    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();

    @Test
    void takesAUsersWeightsAlong() {
        Path weights = SAMPLES.resolve("weights/default.safetensors");

        pipeline("--weights", weights.toString()).takeWeightsAlong(env);

        assertThat(env.getCachedFiles())
                .singleElement()
                .satisfies(file -> assertThat(file.f0).isEqualTo(SegmentFunction.WEIGHTS))
                .satisfies(file -> assertThat(file.f1.filePath).isEqualTo(weights.toString()));
    }

    @Test
    void takesNothingAlongForTheDefaultWeights() {
        pipeline().takeWeightsAlong(env);

        assertThat(env.getCachedFiles()).isEmpty();
    }

    private static SegmentPipeline pipeline(String... more) {
        String[] options = new String[2 + more.length];
        options[0] = "--source";
        options[1] = SAMPLES.resolve("street.mp4").toString();
        System.arraycopy(more, 0, options, 2, more.length);
        return new SegmentPipeline(
                SegmentSettings.of(
                        new OptionParser("segment", "", SegmentOptions.ALL).parse(options)));
    }
}
