// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.training.augment.SegmentationAugmentation;
import io.stdcseg.training.data.DataLoader.BatchShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DataLoaderTest {

    private static final SegmentationAugmentation AUGMENTATION =
            new SegmentationAugmentation(32, 35, List.of(0.5, 2.0), true, 0.5, 0.5, 0.5);

    private static final BatchShape SHAPE = new BatchShape(4, 32, 35, 32 * 35);

    /** What a batch held. */
    private record Seen(long iteration, List<String> names, ByteBuffer pixels, ByteBuffer labels) {

        static Seen of(TrainingBatch batch) {
            return new Seen(
                    batch.iteration(), batch.names(), copy(batch.pixels()), copy(batch.labels()));
        }

        private static ByteBuffer copy(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.capacity()];
            bytes.get(0, copy);
            return ByteBuffer.wrap(copy);
        }
    }

    @TempDir Path data;

    @BeforeEach
    void writePictures() throws IOException {
        for (int i = 0; i < 5; i++) {
            TestPictures.write(data.resolve("train"), "own" + i, 10 * i + 1);
            TestPictures.write(data.resolve("extra"), "extra" + i, 10 * i + 6);
        }
    }

    private AugmentedDataset dataset(String folder) {
        SegmentationDataset pictures =
                SegmentationDataset.of(
                        data.resolve(folder).resolve("images"),
                        data.resolve(folder).resolve("labels"),
                        LabelSet.of("camvid"));
        return new AugmentedSegmentationDataset(pictures, AUGMENTATION);
    }

    private DataLoader loader(double extraShare, long seed, long first, int threads) {
        return new DataLoader(
                new DataMix(dataset("train"), dataset("extra"), extraShare),
                SHAPE,
                seed,
                first,
                threads);
    }

    private static List<Seen> take(DataLoader loader, int batches) throws InterruptedException {
        List<Seen> seen = new ArrayList<>();
        try (loader) {
            for (int i = 0; i < batches; i++) {
                seen.add(Seen.of(loader.next()));
            }
        }
        return seen;
    }

    @Test
    void neitherThreadsNorResumingChangeABatch() throws InterruptedException {
        List<Seen> once = take(loader(0.3, 7, 0, 1), 12);

        assertThat(once).extracting(Seen::iteration).startsWith(0L, 1L, 2L).endsWith(11L);
        assertThat(take(loader(0.3, 7, 0, 3), 12)).isEqualTo(once);
        assertThat(take(loader(0.3, 7, 5, 2), 7)).isEqualTo(once.subList(5, 12));
    }

    @Test
    void anotherSeedGivesOtherBatches() throws InterruptedException {
        Seen one = take(loader(0, 1, 0, 1), 1).get(0);
        Seen other = take(loader(0, 2, 0, 1), 1).get(0);

        assertThat(one.pixels()).isNotEqualTo(other.pixels());
    }

    @Test
    void anEpochHoldsEveryPictureOnce() throws InterruptedException {
        List<String> names = new ArrayList<>();
        take(loader(0, 3, 0, 2), 10).forEach(batch -> names.addAll(batch.names()));

        List<List<String>> epochs = new ArrayList<>();
        for (int i = 0; i < names.size(); i += 5) {
            List<String> epoch = names.subList(i, i + 5);
            assertThat(epoch)
                    .containsExactlyInAnyOrder(
                            "own0.png", "own1.png", "own2.png", "own3.png", "own4.png");
            epochs.add(epoch);
        }
        assertThat(new HashSet<>(epochs)).hasSizeGreaterThan(4);
    }

    @Test
    void extraPicturesKeepTheirShare() throws InterruptedException {
        List<String> names = new ArrayList<>();
        for (Seen batch : take(loader(0.3, 3, 0, 2), 10)) {
            assertThat(batch.names().stream().filter(name -> name.startsWith("extra")).count())
                    .isBetween(1L, 2L);
            names.addAll(batch.names());
        }

        assertThat(names).filteredOn(name -> name.startsWith("extra")).hasSize(12);
    }

    @Test
    void withoutExtraPicturesAllAreOwn() throws InterruptedException {
        DataLoader loader =
                new DataLoader(
                        new DataMix(dataset("train"), AugmentedDataset.EMPTY, 0.5), SHAPE, 1, 0, 1);

        assertThat(take(loader, 1).get(0).names()).allMatch(name -> name.startsWith("own"));
    }

    /**
     * Of batches of four, half is unlabelled: the last two, which a teacher sees in their light.
     */
    @Test
    void unlabelledPicturesComeLast() throws InterruptedException {
        SegmentationDataset unlabelled =
                SegmentationDataset.unlabelled(
                        List.of(data.resolve("extra/images")), new PictureCache(0));
        DataMix mix =
                new DataMix(
                        dataset("train"),
                        ClassAwareSampler.NONE,
                        AugmentedDataset.EMPTY,
                        0,
                        new AugmentedSegmentationDataset(unlabelled, AUGMENTATION),
                        0.5);
        BatchShape shape = new BatchShape(4, 32, 35, 32 * 35, true);
        try (DataLoader loader = new DataLoader(mix, shape, 1, 0, 1)) {
            TrainingBatch batch = loader.next();

            assertThat(batch.names().subList(0, 2)).allMatch(name -> name.startsWith("own"));
            assertThat(batch.names().subList(2, 4)).allMatch(name -> name.startsWith("extra"));
            assertThat(batch.labelled()).isEqualTo(2);
            assertThat(batch.labelled(1, 3)).isEqualTo(1);
            assertThat(batch.labelled(2, 2)).isZero();
            assertThat(batch.labels().get(2 * 32 * 35)).isEqualTo((byte) 255);
            assertThat(batch.labels().get(0)).isNotEqualTo((byte) 255);
            // Pictures are of one grey, a name's number says which.
            int number = Integer.parseInt(batch.names().get(3).replaceAll("\\D", ""));
            assertThat(batch.plainPixels().get(3 * 3 * 32 * 35))
                    .isEqualTo((byte) (10 * number + 6));
        }
    }

    /** In the fifth batch both shares are rounded up: 2 and 3 of 4. */
    @Test
    void sharesThatAreRoundedApartFillABatchAndNoMore() {
        AugmentedDataset pictures = dataset("train");
        DataMix mix = new DataMix(pictures, ClassAwareSampler.NONE, pictures, 0.4, pictures, 0.55);
        BatchSampler sampler = new BatchSampler(mix, 4, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(sampler.batch(i)).as("batch %s", i).hasSize(4);
        }
    }

    @Test
    void aPictureThatCannotBeReadFailsItsBatchByName() throws Exception {
        Path broken = data.resolve("train/images/own3.png");
        Files.writeString(broken, "no picture");
        try (DataLoader loader = loader(0, 1, 0, 2)) {
            Callable<Void> twoBatches =
                    () -> {
                        loader.next();
                        loader.next();
                        return null;
                    };
            assertThatThrownBy(twoBatches::call)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(broken.toString());
            assertThatThrownBy(loader::next).isInstanceOf(InputException.class);
        }
    }

    @Test
    void closingEndsAWaitForABatch() throws Exception {
        DataLoader loader = loader(0, 1, 0, 1);
        CountDownLatch started = new CountDownLatch(1);
        FutureTask<Void> reader =
                new FutureTask<>(
                        () -> {
                            while (true) {
                                loader.next();
                                started.countDown();
                            }
                        });
        new Thread(reader).start();
        started.await();
        loader.close();
        loader.close();

        assertThatThrownBy(reader::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(RuntimeException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the batch loader is closed");
    }
}
