// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import io.stdcseg.error.InputException;
import io.stdcseg.label.MaskFiles;
import io.stdcseg.scene.render.Framebuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Writer of a data set of rendered pictures: {@code images/000000.png} and {@code
 * labels/000000.png} and so on, the labels as 8-bit grey pictures of train ids of the {@code
 * camvid} label set.
 *
 * <p>Pictures that are there already stay, so a run that was interrupted goes on where it stopped,
 * and a set can grow. {@code set.txt} says which set the folder holds.
 */
final class DatasetWriter {

    private final Path images;
    private final Path labels;
    private final SceneOptions options;
    private final Variety variety;
    private final LongConsumer progress;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong done = new AtomicLong();

    private DatasetWriter(
            Path folder, SceneOptions options, Variety variety, LongConsumer progress) {
        this.images = folder.resolve("images");
        this.labels = folder.resolve("labels");
        this.options = options;
        this.variety = variety;
        this.progress = progress;
    }

    /**
     * Writes the pictures 0 to {@code pictures} - 1 that the folder lacks, on all processors.
     *
     * @param options seed and size; the frame rate does not matter
     * @param pictures how many the set shall hold, 1 to 1000000
     * @param progress told how many pictures are there, after each; by one thread at a time
     * @throws InputException if the number is not allowed, the folder holds another set, or it
     *     cannot be written
     */
    static void write(
            Path folder,
            SceneOptions options,
            Variety variety,
            long pictures,
            LongConsumer progress) {
        if (pictures < 1 || pictures > 1_000_000) {
            throw new InputException(pictures + " pictures; 1 to 1000000 are allowed in a set");
        }
        DatasetWriter writer = new DatasetWriter(folder, options, variety, progress);
        try {
            writer.claim(folder);
            writer.write(pictures);
        } catch (IOException e) {
            throw new InputException(
                    "pictures cannot be written to " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Makes the folders, unless they are another set's. */
    private void claim(Path folder) throws IOException {
        String own =
                String.format(
                        Locale.ROOT,
                        "seed %d, %dx%d%s%n",
                        options.seed(),
                        options.width(),
                        options.height(),
                        variety == Variety.USUAL ? "" : ", " + variety);
        Files.createDirectories(images);
        Files.createDirectories(labels);
        Path file = folder.resolve("set.txt");
        if (!Files.exists(file)) {
            Files.writeString(file, own);
        }
        String there = Files.readString(file);
        if (!there.equals(own)) {
            throw new InputException(
                    "folder "
                            + folder
                            + " holds the set of "
                            + there.strip()
                            + "; that of "
                            + own.strip()
                            + " needs another folder");
        }
    }

    private void write(long pictures) throws IOException {
        int workers = Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            ExecutorCompletionService<Void> work = new ExecutorCompletionService<>(pool);
            for (int worker = 0; worker < workers; worker++) {
                work.submit(worker(pictures));
            }
            for (int worker = 0; worker < workers; worker++) {
                await(work.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static void await(Future<Void> worker) throws InterruptedException, IOException {
        try {
            worker.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Takes the next picture that nobody has taken, until there is none. */
    private Callable<Void> worker(long pictures) {
        return () -> {
            Streets streets = variety.streets(options);
            for (long index = next.getAndIncrement();
                    index < pictures && !Thread.currentThread().isInterrupted();
                    index = next.getAndIncrement()) {
                write(streets, index);
                synchronized (progress) {
                    progress.accept(done.incrementAndGet());
                }
            }
            return null;
        };
    }

    private void write(Streets streets, long index) throws IOException {
        String name = String.format(Locale.ROOT, "%06d.png", index);
        Path image = images.resolve(name);
        // The image is written last: where it is, its labels are.
        if (Files.exists(image)) {
            return;
        }
        Framebuffer picture = streets.render(index);
        int width = picture.width();
        int height = picture.height();
        MaskFiles.write(labels.resolve(name), width, height, ByteBuffer.wrap(picture.labels()));
        MaskFiles.writeRgb(image, width, height, ByteBuffer.wrap(picture.rgb()));
    }
}
