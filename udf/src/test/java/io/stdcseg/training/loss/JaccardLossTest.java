// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.engine.pytorch.PyTorchRuntime;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JaccardLossTest {

    private static final int PICTURES = 2;
    private static final int CLASSES = 4;
    private static final int ROWS = 3;
    private static final int COLUMNS = 5;
    private static final int AREA = ROWS * COLUMNS;
    private static final int IGNORED = 255;

    /** Class 3 is nowhere in the labels, some pixels are ignored. */
    @Test
    void isWhatIsMissingToTheMeanOverlapOfTheClassesShown() {
        Random random = new Random(1);
        float[] scores = new float[PICTURES * CLASSES * AREA];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = 3 * random.nextFloat();
        }
        int[] labels = new int[PICTURES * AREA];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(5) == 0 ? IGNORED : random.nextInt(3);
        }

        assertThat(loss(scores, labels)).isCloseTo(expected(scores, labels), within(1e-5));
    }

    @Test
    void isNothingWhereEveryPixelIsRightAndSure() {
        int[] labels = {
            0, 1, 2, 3, 3, 2, 1, 0, 1, 1, 1, 2, 2, 2, 0, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0, 1, 1, 1, 1,
            IGNORED
        };
        float[] scores = new float[PICTURES * CLASSES * AREA];
        for (int i = 0; i < labels.length; i++) {
            int id = labels[i] == IGNORED ? 0 : labels[i];
            scores[((i / AREA) * CLASSES + id) * AREA + i % AREA] = 40;
        }

        assertThat(loss(scores, labels)).isCloseTo(0, within(1e-6));
    }

    @Test
    void isNothingWhereEveryPixelIsIgnored() {
        int[] labels = new int[PICTURES * AREA];
        Arrays.fill(labels, IGNORED);

        assertThat(loss(new float[PICTURES * CLASSES * AREA], labels)).isZero();
    }

    private static double loss(float[] scores, int[] ids) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(ids.length);
        for (int id : ids) {
            bytes.put((byte) id);
        }
        try (NDManager manager = PyTorchRuntime.get(1).newBaseManager()) {
            LabelBatch labels = new LabelBatch(PICTURES, ROWS, COLUMNS, bytes.flip());
            GroundTruth truth = GroundTruth.of(labels, new float[] {1, 0.5f, 2, 1}, manager);
            NDArray array = manager.create(scores, new Shape(PICTURES, CLASSES, ROWS, COLUMNS));
            return JaccardLoss.of(array, truth).getFloat();
        }
    }

    private static double expected(float[] scores, int[] labels) {
        double[] both = new double[CLASSES];
        double[] either = new double[CLASSES];
        boolean[] shown = new boolean[CLASSES];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == IGNORED) {
                continue;
            }
            shown[labels[i]] = true;
            double sum = 0;
            for (int id = 0; id < CLASSES; id++) {
                sum += Math.exp(score(scores, i, id));
            }
            for (int id = 0; id < CLASSES; id++) {
                double p = Math.exp(score(scores, i, id)) / sum;
                both[id] += id == labels[i] ? p : 0;
                either[id] += id == labels[i] ? 1 : p;
            }
        }
        double mean = 0;
        int count = 0;
        for (int id = 0; id < CLASSES; id++) {
            if (shown[id]) {
                mean += both[id] / either[id];
                count++;
            }
        }
        return 1 - mean / count;
    }

    private static float score(float[] scores, int pixel, int id) {
        return scores[((pixel / AREA) * CLASSES + id) * AREA + pixel % AREA];
    }
}
