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

class ConfusionMatrixTest {

    @Test
    void countsByLabelAndPredictionAndLeavesIgnoredPixelsOut() {
        ConfusionMatrix matrix = new ConfusionMatrix(3);

        matrix.add(bytes(0, 0, 1, 255, 2), bytes(0, 1, 1, 7, 0));

        assertThat(matrix.toLongs()).containsExactly(1, 1, 0, 0, 1, 0, 1, 0, 0);
        assertThat(matrix.count(2, 0)).isEqualTo(1);
    }

    @Test
    void partsAddUpToTheWhole() {
        ConfusionMatrix left = new ConfusionMatrix(2);
        ConfusionMatrix right = new ConfusionMatrix(2);
        ConfusionMatrix whole = new ConfusionMatrix(2);
        left.add(bytes(0, 1), bytes(1, 1));
        right.add(bytes(1, 1), bytes(0, 1));
        whole.add(bytes(0, 1, 1, 1), bytes(1, 1, 0, 1));

        left.merge(right);

        assertThat(left).isEqualTo(whole).hasSameHashCodeAs(whole);
        assertThat(ConfusionMatrix.fromLongs(whole.toLongs())).isEqualTo(whole);
        assertThat(whole).hasToString("rows = label: [0, 1] [1, 2]");
    }

    @Test
    void javaSerialisationKeepsTheCounts() throws Exception {
        ConfusionMatrix matrix = new ConfusionMatrix(2);
        matrix.add(bytes(0, 1), bytes(1, 1));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(written)) {
            out.writeObject(matrix);
        }

        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(written.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(matrix);
        }
    }

    @Test
    void refusesWhatIsNoTrainId() {
        ConfusionMatrix matrix = new ConfusionMatrix(3);

        assertThatThrownBy(() -> matrix.add(bytes(0, 3), bytes(0, 0)))
                .hasMessage("label 3 and prediction 0 of pixel 1 are not both below 3");
        assertThatThrownBy(() -> matrix.add(bytes(0), bytes(255)))
                .hasMessage("label 0 and prediction 255 of pixel 0 are not both below 3");
    }

    @Test
    void refusesOtherSizes() {
        ConfusionMatrix matrix = new ConfusionMatrix(3);

        assertThatThrownBy(() -> matrix.add(bytes(0, 1), bytes(0)))
                .hasMessage("2 labels for 1 predictions");
        assertThatThrownBy(() -> matrix.merge(new ConfusionMatrix(2)))
                .hasMessage("a matrix of 2 classes does not add to one of 3");
        assertThatThrownBy(() -> ConfusionMatrix.fromLongs(new long[5]))
                .hasMessage("5 counts are not those of a square matrix");
    }

    static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer;
    }
}
