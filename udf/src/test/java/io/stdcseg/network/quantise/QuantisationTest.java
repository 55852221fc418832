// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.quantise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.Convolution.Norm;
import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.tensor.TensorData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuantisationTest {

    private static final double LEVEL = 1e-9;

    @Test
    void aReluLeavesWhatTheNormPutsAboveZero() {
        Quantisation q = behind(Activation.RELU, new float[] {0.5f, -0.5f}, new float[] {1, -1});

        assertThat(q.scales()[0] * 255).isCloseTo(1 + 8 * 0.5, within(LEVEL));
        assertThat(q.scales()[1] * 255).isCloseTo(-1 + 8 * 0.5, within(LEVEL));
        assertThat(q.shifts()).containsExactly(0, 0);
        assertThat(q.zero()).isZero();
    }

    @Test
    void withoutActivationTheMiddleIsZero() {
        Quantisation q = behind(Activation.NONE, new float[] {0.5f, 2}, new float[] {-1, 0});

        assertThat(q.scales()[0] * 127).isCloseTo(1 + 8 * 0.5, within(LEVEL));
        assertThat(q.scales()[1] * 127).isCloseTo(8 * 2, within(LEVEL));
        assertThat(q.zero()).isEqualTo(128);
        assertThat(q.atZero()).containsExactly(0, 0);
    }

    @Test
    void darkAndConstantChannelsHaveLevelsToo() {
        float[] gamma = {0.1f, 0, 0};
        Quantisation q = behind(Activation.RELU, gamma, new float[] {-10, -1, 3});

        assertThat(q.scales()[0] * 255).as("dark").isCloseTo(0.1, within(1e-7));
        assertThat(q.scales()[1] * 255).as("always zero").isCloseTo(1, within(LEVEL));
        assertThat(q.scales()[2] * 255).as("always 3").isCloseTo(3, within(LEVEL));
    }

    @Test
    void nothingTellsWhatASigmoidOrAConvolutionAloneGives() {
        assertThat(Quantisation.behind(layer(Norm.PLAIN, Activation.SIGMOID), Map.of())).isEmpty();
        assertThat(Quantisation.behind(layer(Norm.NONE, Activation.RELU), Map.of())).isEmpty();
    }

    @Test
    void aPicturesLevelsAreItsOwn() {
        Quantisation q = Quantisation.ofPictures();

        assertThat(124 * q.scales()[0] + q.shifts()[0])
                .isCloseTo((124 / 255.0 - 0.485) / 0.229, within(1e-6));
        assertThat(q.zero()).as("mean grey").isEqualTo(114);
        assertThat(q.offsets()[1]).isCloseTo(255 * 0.456 + 0.5, within(1e-4));
    }

    @Test
    void mapsSideBySideKeepTheirsAndSumsReachAsFarAsBoth() {
        Quantisation a = new Quantisation(new double[] {1, 2}, new double[2]);
        Quantisation b = new Quantisation(new double[] {3, 4}, new double[2]);

        assertThat(Quantisation.concat(List.of(a, b)).scales()).containsExactly(1, 2, 3, 4);
        assertThat(a.times(2).plus(b).scales()).containsExactly(5, 8);
        assertThat(a.in(b)).containsExactly(1 / 3.0, 0.5);
    }

    @Test
    void unitsMoveIntoTheWeights() {
        FoldedConvolution folded =
                new FoldedConvolution(
                        TensorData.of(new float[] {1, -4, 0, 0}, 2, 2, 1, 1),
                        TensorData.of(new float[] {6, 7}, 2));
        Quantisation in = new Quantisation(new double[] {10, 0.5}, new double[2]);
        Quantisation out = new Quantisation(new double[] {2, 3}, new double[2]);

        QuantisedConvolution rounded = QuantisedConvolution.of(folded, in, Optional.of(out));

        // 1 * 10 and -4 * 0.5 are weights of levels; the larger of them takes 127 steps.
        assertThat(rounded.steps().toFloats()).containsExactly(127, -25, 0, 0);
        assertThat(rounded.scale().get(0)).isCloseTo(10 / 127.0 / 2, within(1e-7));
        assertThat(rounded.bias().toFloats()).containsExactly(6 / 2f, 7 / 3f);
    }

    @Test
    void whatZeroLevelsMeanGoesIntoTheBias() {
        FoldedConvolution folded =
                new FoldedConvolution(TensorData.of(new float[] {2, 3}, 2, 1, 1, 1), null);
        // Levels 4 and 6 would be zero; 5 is taken for both.
        Quantisation in = new Quantisation(new double[] {1, 1}, new double[] {-4, -6});

        QuantisedConvolution rounded = QuantisedConvolution.of(folded, in, Optional.empty());

        assertThat(in.zero()).isEqualTo(5);
        assertThat(rounded.bias().toFloats()).containsExactly(2 * (5 - 4), 3 * (5 - 6));
    }

    @Test
    void stepsGrowWhereABiasWouldTakeTooMany() {
        FoldedConvolution folded =
                new FoldedConvolution(
                        TensorData.of(new float[] {127, 1.27e-9f}, 2, 1, 1, 1),
                        TensorData.of(new float[] {-3, 5}, 2));
        Quantisation in = new Quantisation(new double[] {1}, new double[1]);

        QuantisedConvolution rounded =
                QuantisedConvolution.of(folded, in, Optional.empty()).withBiasesUpTo(1000);

        assertThat(rounded.scale().toFloats()).containsExactly(1, 5e-3f);
        assertThat(rounded.steps().toFloats()).containsExactly(127, 0);
        assertThat(rounded.bias().toFloats()).containsExactly(-3, 5);
    }

    @Test
    void whatWasMeasuredGoesBeforeWhatTheNormSays() {
        Map<String, TensorData> weights =
                new ActivationRanges(Map.of("conv", TensorData.of(new float[] {2, 0}, 2)))
                        .beside(
                                Map.of(
                                        "bn.weight", TensorData.of(new float[] {0.5f, 0.5f}, 2),
                                        "bn.bias", TensorData.of(new float[] {1, 1}, 2)));
        Convolution layer =
                new Convolution("conv", "bn", Norm.PLAIN, 1, 2, 1, 1, 1, Activation.RELU, false);

        Quantisation q = Quantisation.behind(layer, weights).orElseThrow();

        assertThat(q.scales()[0] * 255).as("a quarter more").isCloseTo(2.5, within(LEVEL));
        assertThat(q.scales()[1] * 255).as("never seen").isCloseTo(0.5, within(LEVEL));
    }

    private static Quantisation behind(Activation activation, float[] gamma, float[] beta) {
        Map<String, TensorData> weights =
                Map.of(
                        "bn.weight", TensorData.of(gamma, gamma.length),
                        "bn.bias", TensorData.of(beta, beta.length));
        Convolution layer =
                new Convolution(
                        "conv", "bn", Norm.PLAIN, 1, gamma.length, 1, 1, 1, activation, false);
        return Quantisation.behind(layer, weights).orElseThrow();
    }

    private static Convolution layer(Norm norm, Activation activation) {
        return new Convolution("conv", "bn", norm, 1, 1, 1, 1, 1, activation, false);
    }
}
