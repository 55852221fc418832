// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PixelCountsTest {

    private static final long[] ONE_LABELLED_ONE = {-2, 0, 1, 0, 1, 0, 1, 0, 1, 1, 2};

    @Test
    void countsByLabelAndPredictionAndLeavesIgnoredPixelsOut() {
        PixelCounts counts = counts(3, bytes(0, 0, 1, 255, 2), bytes(0, 1, 1, 7, 0));

        assertThat(counts.toLongs()).startsWith(-3, 1, 1, 0, 0, 1, 0, 1, 0, 0).hasSize(1 + 9 + 9);
        assertThat(counts.count(2, 0)).isEqualTo(1);
    }

    @Test
    void partsAddUpToTheWhole() {
        PixelCounts whole = counts(2, bytes(0, 1), bytes(1, 1));
        PixelCounts sum = counts(2, bytes(0, 1), bytes(1, 1));
        sum.merge(counts(2, bytes(1, 1), bytes(0, 1)));

        assertThat(whole.toLongs()).containsExactly(ONE_LABELLED_ONE);
        assertThat(sum).hasToString("rows = label: [0, 1] [1, 2]; boundaries [0, 1, 1, 2, 3, 3]");
        assertThat(PixelCounts.fromLongs(sum.toLongs())).isEqualTo(sum).hasSameHashCodeAs(sum);
    }

    /** As counts were kept before there were boundaries. */
    @Test
    void aConfusionMatrixByItselfIsUnderstood() {
        PixelCounts old = PixelCounts.fromLongs(new long[] {0, 1, 0, 1});

        assertThat(old.toLongs()).containsExactly(0, 1, 0, 1);
        assertThat(Scores.of(old).boundaryIou()).containsOnly(Double.NaN);
        PixelCounts sum = PixelCounts.fromLongs(ONE_LABELLED_ONE);
        sum.merge(old);
        assertThat(sum.toLongs()).containsExactly(0, 2, 0, 2);
    }

    @Test
    void javaSerialisationKeepsTheCounts() throws Exception {
        PixelCounts counts = counts(2, bytes(0, 1), bytes(1, 1));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(written)) {
            out.writeObject(counts);
        }

        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(written.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(counts);
        }
    }

    @Test
    void refusesOtherSizes() {
        PixelCounts counts = new PixelCounts(3);

        assertThatThrownBy(() -> counts.merge(new PixelCounts(2)))
                .hasMessage("counts of 2 classes do not add to those of 3");
        assertThatThrownBy(() -> PixelCounts.fromLongs(new long[5]))
                .hasMessage("5 numbers are not the counts of 2 classes");
        assertThatThrownBy(() -> PixelCounts.fromLongs(new long[] {-2, 1}))
                .hasMessage("2 numbers are not the counts of 2 classes");
    }

    private static PixelCounts counts(int classes, ByteBuffer labels, ByteBuffer predictions) {
        PixelCounts counts = new PixelCounts(classes);
        new PixelCounter(classes).count(labels.capacity(), labels, predictions, counts);
        return counts;
    }

    private static ByteBuffer bytes(int... ids) {
        return PixelCounterTest.bytes(ids);
    }
}
