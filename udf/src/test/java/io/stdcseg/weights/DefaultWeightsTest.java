// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Variant;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.weights.Weights.Overrides;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DefaultWeightsTest {

    private static final InputScale HEIGHT = InputScale.toHeight(360);

    @TempDir Path folder;

    @Test
    void theUsualOnesAreOnTheClassPath() {
        Weights weights = Weights.defaults();

        assertThat(weights.spec()).isEqualTo(new ModelSpec(Variant.STDC1, 11));
        assertThat(weights.modelName()).isEqualTo("stdc1-camvid");
        assertThat(weights.labels()).isEqualTo(LabelSet.of("camvid"));
        assertThat(weights.scale()).isEqualTo(HEIGHT);
        assertThat(weights.file()).isEqualTo("default.safetensors");
        assertThat(weights.hasTrainingHeads()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = PublishedModel.class,
            names = {"STDC1_SEG50", "STDC1_SEG75"})
    void theUsualOnesAreThoseOfTheirVariant(PublishedModel model) {
        Weights weights = Weights.defaults(new Overrides(model, null, null));

        assertThat(weights.sha256()).isEqualTo(Weights.defaults().sha256());
        assertThat(weights.modelName()).isEqualTo("stdc1-camvid");
        assertThat(weights.scale()).isEqualTo(HEIGHT);
    }

    @Test
    void theOtherVariantHasItsOwn() {
        Weights weights = Weights.defaults(new Overrides(PublishedModel.STDC2_SEG75, null, null));

        assertThat(weights.spec()).isEqualTo(new ModelSpec(Variant.STDC2, 11));
        assertThat(weights.labels()).isEqualTo(LabelSet.of("camvid"));
        assertThat(weights.scale()).isEqualTo(HEIGHT);
        assertThat(weights.file()).isEqualTo("stdc2.safetensors");
        assertThat(weights.hasTrainingHeads()).isFalse();
    }

    @Test
    void aModelChoosesAFileThatSaysItsHeightAndName() throws IOException {
        write("stdc2.safetensors");
        Overrides named = new Overrides(PublishedModel.STDC2_SEG75, null, null);
        Overrides scaled = new Overrides(PublishedModel.STDC2_SEG50, null, InputScale.by(0.25));

        Weights weights = read(named);

        assertThat(weights.spec()).isEqualTo(new ModelSpec(Variant.STDC2, 11));
        assertThat(weights.scale()).isEqualTo(HEIGHT);
        assertThat(weights.modelName()).isEqualTo("stdc2-camvid");
        assertThat(weights.file()).isEqualTo("stdc2.safetensors");
        assertThat(read(scaled).scale()).isEqualTo(InputScale.by(0.25));
        assertThat(read(scaled).sha256()).isEqualTo(weights.sha256());
    }

    @Test
    void aBuildMayLackThem() {
        refused(
                new Overrides(PublishedModel.STDC2_SEG50, null, null),
                "this build has no weights for stdc2; name a file with --weights");
        refused(Overrides.NONE, "this build has no weights for stdc1; name a file with --weights");
    }

    @Test
    void aFileOfAnotherVariantIsRefused() throws IOException {
        write("default.safetensors");

        refused(
                new Overrides(PublishedModel.STDC1_SEG50, null, null),
                "model stdc1-seg50 does not fit weights default.safetensors, which hold stdc2");
    }

    @Test
    void aModelIsFoundByTheDigestOfItsFile() throws IOException {
        write("stdc2.safetensors");
        String sha256 = read(new Overrides(PublishedModel.STDC2_SEG75, null, null)).sha256();

        assertThat(modelOf(sha256)).contains(PublishedModel.STDC2_SEG50);
        assertThat(modelOf(Weights.defaults().sha256())).isEmpty();
    }

    private void refused(Overrides overrides, String message) {
        assertThatThrownBy(() -> read(overrides))
                .isInstanceOf(InputException.class)
                .hasMessage(message);
    }

    private Optional<PublishedModel> modelOf(String sha256) throws IOException {
        return inBuild(build -> build.modelOf(sha256));
    }

    private Weights read(Overrides overrides) throws IOException {
        return inBuild(build -> build.read(overrides));
    }

    /** What a build says that has what was written. */
    private <T> T inBuild(Function<DefaultWeights, T> question) throws IOException {
        URL[] build = {folder.toUri().toURL()};
        try (URLClassLoader files = new URLClassLoader(build, null)) {
            return question.apply(new DefaultWeights(files));
        }
    }

    /** STDC2 for CamVid, at a height. */
    private void write(String name) throws IOException {
        Overrides camvid = new Overrides(PublishedModel.STDC2_SEG50, LabelSet.of("camvid"), HEIGHT);
        Weights.initial(camvid)
                .named("stdc2-camvid")
                .write(folder.resolve("io/stdcseg/weights").resolve(name), ElementType.F16);
    }
}
