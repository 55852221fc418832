// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.label.LabelSet;
import io.stdcseg.training.augment.SegmentationAugmentation;
import io.stdcseg.training.data.BatchSampler.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassAwareSamplerTest {

    private static final int CLASSES = 11;
    private static final int DRAWS = 4000;

    private static final SegmentationAugmentation AUGMENTATION =
            new SegmentationAugmentation(32, 32, List.of(1.0), false, 0, 0, 0);

    @TempDir private Path data;
    private SegmentationDataset pictures;

    /** Seven pictures of class 0, one of class 3; one of which nothing is known, one with all. */
    @BeforeEach
    void writePictures() throws IOException {
        for (int i = 0; i < 7; i++) {
            TestPictures.write(data, "a" + i, 0);
        }
        TestPictures.write(data, "b7", 3);
        TestPictures.write(data, "c8", 0);
        TestPictures.writeLabels(data.resolve("labels/c8.png"), 8, 6, 255);
        pictures =
                SegmentationDataset.of(
                        data.resolve("images"), data.resolve("labels"), LabelSet.of("camvid"));
    }

    /** Two classes, so each has half of what is drawn: the only picture of class 3 by itself. */
    @Test
    void rareClassesAreDrawnAsOftenAsOthers() {
        int[] drawn = drawn(ClassAwareSampler.of(pictures, CLASSES, 1));

        assertThat(drawn[7]).isBetween(1850, 2150);
        assertThat(Arrays.stream(drawn, 0, 7).boxed()).allMatch(n -> n > 220 && n < 350);
        assertThat(drawn[8]).isZero();
    }

    /** Of the rest it is the turn of picture 8. */
    @Test
    void drawsNoMoreThanItsShare() {
        int[] drawn = drawn(ClassAwareSampler.of(pictures, CLASSES, 0.25));

        assertThat(drawn[8]).isBetween(2850, 3150);
        assertThat(drawn(ClassAwareSampler.of(pictures, CLASSES, 0))[8]).isEqualTo(DRAWS);
    }

    private static int[] drawn(ClassAwareSampler sampler) {
        SplittableRandom random = new SplittableRandom(1);
        int[] drawn = new int[9];
        for (int i = 0; i < DRAWS; i++) {
            drawn[sampler.draw(8, random)]++;
        }
        return drawn;
    }

    /** Whose turn it was in an epoch that another picture was drawn in, comes in the next again. */
    @Test
    void batchesDependOnSeedAndNumberAlone() {
        List<List<Integer>> once = batches(0, 30, 0.5, 3);

        assertThat(batches(0, 30, 0.5, 3)).isEqualTo(once);
        assertThat(batches(17, 30, 0.5, 3)).isEqualTo(once.subList(17, 30));
        assertThat(batches(0, 30, 0.5, 4)).isNotEqualTo(once);
        List<List<Integer>> usual = batches(0, 30, 0, 3);
        List<Boolean> same = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            for (int slot = 0; slot < 4; slot++) {
                same.add(once.get(i).get(slot).equals(usual.get(i).get(slot)));
            }
        }
        assertThat(same.stream().filter(kept -> kept).count()).isBetween(50L, 90L);
    }

    private List<List<Integer>> batches(long from, long to, double share, long seed) {
        DataMix mix =
                new DataMix(
                        new AugmentedSegmentationDataset(pictures, AUGMENTATION),
                        ClassAwareSampler.of(pictures, CLASSES, share),
                        AugmentedDataset.EMPTY,
                        0,
                        AugmentedDataset.EMPTY,
                        0);
        BatchSampler sampler = new BatchSampler(mix, 4, seed);
        return LongStream.range(from, to)
                .mapToObj(i -> sampler.batch(i).stream().map(Sample::index).toList())
                .toList();
    }
}
