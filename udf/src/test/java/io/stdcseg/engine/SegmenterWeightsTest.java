// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.network.InputScale;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.weights.PublishedModel;
import io.stdcseg.weights.Weights;
import io.stdcseg.weights.Weights.Overrides;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmenterWeightsTest {

    private static final SegmenterOptions STDC1 =
            SegmenterOptions.DEFAULTS.withModel("stdc1-seg75");

    private static final InputScale HEIGHT = InputScale.toHeight(360);

    @TempDir Path folder;

    @Test
    void resolvedSaysWhatTheWeightsSay() {
        SegmenterOptions resolved = SegmenterWeights.resolve(SegmenterOptions.DEFAULTS);

        assertThat(resolved.labels().name()).isEqualTo("camvid");
        assertThat(resolved.scale()).isEqualTo(HEIGHT);
        assertThat(SegmenterWeights.resolve(resolved)).isEqualTo(resolved);
    }

    @Test
    void aModelIsAFilesScaleButNotThatOfTheProjectsWeights() throws IOException {
        String file = written(Weights.defaults());

        assertThat(SegmenterWeights.resolve(STDC1.withWeights(file)).scale())
                .isEqualTo(InputScale.by(0.75));
        SegmenterOptions resolved = SegmenterWeights.resolve(STDC1);
        assertThat(resolved.scale()).isEqualTo(HEIGHT);
        assertThat(SegmenterWeights.resolve(resolved)).isEqualTo(resolved);
        assertThat(SegmenterWeights.resolve(STDC1.withScale(InputScale.by(0.25))).scale())
                .isEqualTo(InputScale.by(0.25));
    }

    @Test
    void theNetworksOfTwoVariantsAreTwo() {
        SegmenterOptions other = SegmenterOptions.DEFAULTS.withModel("stdc2-seg50");

        assertThat(SegmenterWeights.resolve(other).model()).isEqualTo("stdc2-seg50");
        assertThat(SegmenterWeights.sha256(SegmenterWeights.resolve(other)))
                .isEqualTo(SegmenterWeights.sha256(other))
                .isNotEqualTo(SegmenterWeights.sha256(STDC1));
    }

    @Test
    void aFileInThePlaceOfTheProjectsWeightsHasItsOwnHeight() throws IOException {
        String file = written(Weights.defaults().scaled(InputScale.toHeight(180)));

        SegmenterOptions instead = SegmenterWeights.resolveInstead(STDC1, file);

        assertThat(instead.scale()).isEqualTo(InputScale.toHeight(180));
        assertThat(instead.weights()).isEqualTo(file);
        SegmenterOptions named = STDC1.withWeights("other.safetensors");
        assertThat(SegmenterWeights.resolveInstead(named, file).scale())
                .isEqualTo(InputScale.by(0.75));
    }

    @Test
    void aFileInThePlaceOfTheProjectsWeightsIsOfTheirVariant() throws IOException {
        String file =
                written(Weights.initial(new Overrides(PublishedModel.STDC2_SEG75, null, null)));

        assertThatThrownBy(() -> SegmenterWeights.resolveInstead(STDC1, file))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "model stdc1-seg75 does not fit weights " + file + ", which hold stdc2");
    }

    private String written(Weights weights) throws IOException {
        Path file = folder.resolve("w.safetensors");
        weights.write(file, ElementType.F16);
        return file.toString();
    }
}
