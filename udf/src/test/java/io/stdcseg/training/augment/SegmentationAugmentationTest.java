// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SegmentationAugmentationTest {

    private static final int DRAWS = 10_000;
    private static final Offset<Double> CLOSE = Offset.offset(0.02);

    @Test
    void factorsAreSpreadAroundOne() {
        SegmentationAugmentation augmentation =
                new SegmentationAugmentation(32, 32, List.of(1.0), false, 0.5, 1, 0);

        assertThat(values(augmentation, SampledAugmentation::brightness).summaryStatistics())
                .satisfies(
                        factors -> {
                            assertThat(factors.getMin()).isBetween(0.5, 0.51);
                            assertThat(factors.getMax()).isBetween(1.49, 1.5);
                            assertThat(factors.getAverage()).isCloseTo(1, CLOSE);
                        });
        assertThat(values(augmentation, SampledAugmentation::contrast).summaryStatistics())
                .satisfies(
                        factors -> {
                            assertThat(factors.getMin()).isBetween(0.0, 0.01);
                            assertThat(factors.getMax()).isBetween(1.99, 2.0);
                        });
        assertThat(values(augmentation, SampledAugmentation::saturation)).containsOnly(1.0);
    }

    @Test
    void betweenTwoScalesEachIsAsLikelyAsItsInverse() {
        SegmentationAugmentation augmentation =
                new SegmentationAugmentation(32, 32, List.of(0.5, 2.0), true, 0, 0, 0);

        assertThat(values(augmentation, SampledAugmentation::scale))
                .allMatch(s -> s >= 0.5 && s < 2);
        assertThat(values(augmentation, v -> v.scale() < 1 ? 1 : 0).average().orElseThrow())
                .isCloseTo(0.5, CLOSE);
        assertThat(values(augmentation, v -> v.flipped() ? 1 : 0).average().orElseThrow())
                .isCloseTo(0.5, CLOSE);
    }

    @Test
    void ofThreeScalesOrOneEachIsAsLikely() {
        SegmentationAugmentation three =
                new SegmentationAugmentation(32, 32, List.of(0.5, 1.0, 1.5), false, 0, 0, 0);
        SegmentationAugmentation one =
                new SegmentationAugmentation(32, 32, List.of(0.75), false, 0, 0, 0);

        assertThat(values(three, SampledAugmentation::scale)).containsOnly(0.5, 1.0, 1.5);
        assertThat(values(three, SampledAugmentation::scale).average().orElseThrow())
                .isCloseTo(1, CLOSE);
        assertThat(values(one, SampledAugmentation::scale)).containsOnly(0.75);
        assertThat(values(one, v -> v.flipped() ? 1 : 0)).containsOnly(0.0);
    }

    private static DoubleStream values(
            SegmentationAugmentation augmentation, ToDoubleFunction<SampledAugmentation> value) {
        SplittableRandom random = new SplittableRandom(1);
        return Stream.generate(() -> augmentation.draw(random)).limit(DRAWS).mapToDouble(value);
    }
}
