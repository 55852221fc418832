// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    @Test
    void quantilesAreTrueToHalfAPercent() {
        Random random = new Random(7);
        long[] nanos = new long[20_000];
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = (long) (1e7 * Math.exp(1.2 * random.nextGaussian()));
            histogram.add(nanos[i]);
        }
        Arrays.sort(nanos);

        for (double quantile : new double[] {0.1, 0.5, 0.95, 0.99, 0.999}) {
            double exact = nanos[(int) Math.ceil(quantile * nanos.length) - 1] / 1e6;
            assertThat(histogram.quantileMillis(quantile)).isCloseTo(exact, withinPercentage(0.5));
        }
        assertThat(histogram.maxMillis()).isEqualTo(nanos[nanos.length - 1] / 1e6);
        assertThat(histogram.quantileMillis(1))
                .isCloseTo(histogram.maxMillis(), withinPercentage(0.5));
    }

    @Test
    void namedQuantilesAreNearestRanks() {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 1; i <= 100; i++) {
            histogram.add(i * 1000L);
        }

        assertThat(histogram.p50Millis()).isEqualTo(0.05);
        assertThat(histogram.p95Millis()).isEqualTo(0.095);
        assertThat(histogram.p99Millis()).isEqualTo(0.099);
        assertThat(histogram.quantileMillis(0)).isEqualTo(0.001);
    }

    @Test
    void partsAddUpToTheWhole() {
        LatencyHistogram left = new LatencyHistogram();
        LatencyHistogram right = new LatencyHistogram();
        LatencyHistogram whole = new LatencyHistogram();
        for (long nanos : new long[] {5_000, 70_000_000, 3_000_000_000L}) {
            whole.add(nanos);
            (nanos < 1_000_000 ? left : right).add(nanos);
        }

        left.merge(right);

        assertThat(left).isEqualTo(whole).hasSameHashCodeAs(whole);
        assertThat(left.count()).isEqualTo(3);
    }

    @Test
    void goesOnAfterACheckpoint() throws IOException {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.add(5_000);
        histogram.add(70_000_001);
        DataOutputSerializer state = new DataOutputSerializer(64);

        histogram.write(state);

        LatencyHistogram restored = new LatencyHistogram();
        restored.read(new DataInputDeserializer(state.getCopyOfBuffer()));
        assertThat(state.length()).isLessThan(100);
        assertThat(restored).isEqualTo(histogram);
        assertThat(restored.maxMillis()).isEqualTo(70.000001);
        restored.add(3_000_000_000L);
        assertThat(restored.count()).isEqualTo(3);
        assertThat(restored.maxMillis()).isEqualTo(3000);
    }

    @Test
    void stateOfAnotherVersionIsRefused() {
        assertThatThrownBy(
                        () ->
                                new LatencyHistogram()
                                        .read(new DataInputDeserializer(new byte[] {9})))
                .hasMessage("histogram of version 9 cannot be read; 1 is known");
    }

    @Test
    void aCopyGoesItsOwnWay() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.add(5_000);

        LatencyHistogram copy = histogram.copy();
        copy.add(3_000_000_000L);

        assertThat(copy.count()).isEqualTo(2);
        assertThat(histogram.count()).isEqualTo(1);
        assertThat(histogram.maxMillis()).isEqualTo(0.005);
    }

    @Test
    void anEmptyHistogramSaysZero() {
        LatencyHistogram histogram = new LatencyHistogram();

        assertThat(histogram.p99Millis()).isZero();
        assertThat(histogram.maxMillis()).isZero();
    }

    @Test
    void everyDurationHasABucket() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.add(-5);
        histogram.add(0);
        histogram.add(Long.MAX_VALUE);

        assertThat(histogram.count()).isEqualTo(3);
        assertThat(histogram.p50Millis()).isZero();
        assertThat(histogram.quantileMillis(1))
                .isCloseTo(Long.MAX_VALUE / 1e6, withinPercentage(0.5));
    }

    @Test
    void refusesWhatIsNoQuantile() {
        assertThatThrownBy(() -> new LatencyHistogram().quantileMillis(95))
                .hasMessage("quantile 95.0 is not in 0 to 1");
    }
}
