// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.tensor.SafeTensors;
import io.stdcseg.tensor.TensorData;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoresTest {

    /** Of the reference's pictures. */
    private static final int COLUMNS = 256;

    /** What the published evaluation says of three labelled pictures. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evaluate_stdc1_128x256_scale50",
                "evaluate_stdc1_128x256_scale75",
                "evaluate_stdc2_128x256_scale50"
            })
    void equalsThePublishedEvaluation(String name) throws IOException {
        SafeTensors.Contents reference;
        try (InputStream in =
                ScoresTest.class.getResourceAsStream("/reference/" + name + ".safetensors")) {
            reference = SafeTensors.read(in);
        }
        TensorData confusion = reference.tensors().get("confusion");
        TensorData iou = reference.tensors().get("iou");
        int classes = (int) iou.elements();
        PixelCounts counts = new PixelCounts(classes);
        PixelCounter counter = new PixelCounter(classes);

        for (int i = 0; i < 3; i++) {
            counter.count(
                    COLUMNS,
                    reference.tensors().get("label" + i).bytes(),
                    reference.tensors().get("pred" + i).bytes(),
                    counts);
        }
        Scores scores = Scores.of(counts);

        for (int i = 0; i < confusion.elements(); i++) {
            assertThat((double) counts.count(i / classes, i % classes)).isEqualTo(confusion.get(i));
        }
        for (int c = 0; c < iou.elements(); c++) {
            assertThat(scores.iou()[c]).isCloseTo(iou.get(c), within(1e-7));
        }
        assertThat(scores.miou())
                .isCloseTo(Double.parseDouble(reference.metadata().get("miou")), within(1e-7));
    }

    @Test
    void scoresASmallMatrixByHand() {
        Scores scores = Scores.of(PixelCounts.fromLongs(new long[] {3, 1, 2, 4}));

        assertThat(scores.iou()).containsExactly(3 / 6.0, 4 / 7.0);
        assertThat(scores.miou()).isEqualTo((3 / 6.0 + 4 / 7.0) / 2);
        assertThat(scores.classesPresent()).isEqualTo(2);
        assertThat(scores.fwiou()).isCloseTo(0.4 * 3 / 6 + 0.6 * 4 / 7, within(1e-15));
        assertThat(scores.meanAccuracy()).isEqualTo((3 / 4.0 + 4 / 6.0) / 2);
        assertThat(scores.pixelAccuracy()).isEqualTo(0.7);
    }

    @Test
    void anAbsentClassTakesNoPartInTheMean() {
        Scores scores = Scores.of(PixelCounts.fromLongs(new long[] {5, 0, 0, 0, 0, 0, 3, 0, 0}));

        assertThat(scores.iou()).containsExactly(5 / 8.0, Double.NaN, 0);
        assertThat(scores.miou()).isEqualTo(5 / 16.0);
        assertThat(scores.classesPresent()).isEqualTo(2);
        Map<String, Object> map = scores.toMap(List.of("sky", "car", "tree"));
        assertThat(map.keySet())
                .containsExactly(
                        "miou",
                        "classesPresent",
                        "fwiou",
                        "meanAccuracy",
                        "pixelAccuracy",
                        "meanBoundaryIou",
                        "iou",
                        "boundaryIou");
        assertThat(map.get("iou")).asString().isEqualTo("{sky=0.625, car=null, tree=0.0}");
    }

    @Test
    void nothingLabelledGivesNoMean() {
        Scores scores = Scores.of(new PixelCounts(2));

        assertThat(scores.classesPresent()).isZero();
        assertThat(scores.toMap(List.of("sky", "car"))).containsEntry("miou", null);
        assertThat(new double[] {scores.miou(), scores.fwiou(), scores.pixelAccuracy()})
                .containsOnly(Double.NaN);
    }

    @Test
    void namesMustFit() {
        assertThatThrownBy(() -> Scores.of(new PixelCounts(2)).toMap(List.of("sky")))
                .hasMessage("1 names for 2 classes");
    }
}
