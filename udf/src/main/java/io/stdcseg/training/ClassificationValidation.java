// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.engine.pytorch.PyTorchRuntime;
import io.stdcseg.network.eager.ConvolutionPrecision;
import io.stdcseg.network.eager.EagerClassifier;
import io.stdcseg.network.eager.EagerNetwork;
import io.stdcseg.picture.PictureReader;
import io.stdcseg.training.Evaluation.Accuracy;
import io.stdcseg.training.data.ImageFolder;
import io.stdcseg.training.recipe.ClassificationOptions;
import io.stdcseg.weights.ClassifierWeights;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** Validation of a classifier, in single precision: top-1 and top-5 accuracy. */
final class ClassificationValidation {

    /** Pictures in a batch; more would not be faster, and memory is needed for training. */
    private static final int BATCH = 16;

    private static final int TOP = 5;

    private final ImageFolder pictures;
    private final ClassificationOptions options;
    private final String device;
    private final int threads;

    /**
     * @param threads that read pictures and, on a CPU, compute; 0 = one per core
     */
    ClassificationValidation(
            ImageFolder pictures, ClassificationOptions options, String device, int threads) {
        this.pictures = pictures;
        this.options = options;
        this.device = device;
        this.threads = ParallelReduction.threads(threads);
    }

    Accuracy accuracy(ClassifierWeights weights) {
        try (NDManager memory =
                PyTorchRuntime.get(1).newBaseManager(PyTorchRuntime.device(device))) {
            EagerClassifier network =
                    new EagerClassifier(
                            weights.variant(),
                            weights.classes().size(),
                            weights.tensors(),
                            memory,
                            ConvolutionPrecision.FP32);
            AtomicInteger next = new AtomicInteger();
            return ParallelReduction.sum(
                    threads, () -> accuracy(network, memory, next), Accuracy::plus);
        }
    }

    private Accuracy accuracy(EagerClassifier network, NDManager memory, AtomicInteger next) {
        Accuracy sum = new Accuracy(0, 0, 0);
        int first = next.getAndAdd(BATCH);
        while (first < pictures.size()) {
            int count = Math.min(BATCH, pictures.size() - first);
            try (NDManager scope = memory.newSubManager()) {
                float[] scores = network.scores(images(first, count, scope)).toFloatArray();
                sum = sum.plus(accuracy(scores, first, count));
            }
            first = next.getAndAdd(BATCH);
        }
        return sum;
    }

    private NDArray images(int first, int count, NDManager scope) {
        int rows = options.augmentation().rows();
        int columns = options.augmentation().columns();
        ByteBuffer rgb = ByteBuffer.allocate(3 * count * rows * columns);
        for (int i = first; i < first + count; i++) {
            rgb.put(
                    options.augmentation()
                            .centerCrop(
                                    PictureReader.read(pictures.image(i)), options.shorterSide()));
        }
        Shape shape = new Shape(count, rows, columns, 3);
        return EagerNetwork.normalise(scope.create(rgb.flip(), shape, DataType.UINT8));
    }

    /** The scores of a picture's classes lie side by side. */
    private Accuracy accuracy(float[] scores, int first, int count) {
        int classes = scores.length / count;
        int top1 = 0;
        int top5 = 0;
        for (int i = 0; i < count; i++) {
            int rank = rank(scores, i * classes, classes, pictures.classId(first + i));
            top1 += rank == 0 ? 1 : 0;
            top5 += rank < TOP ? 1 : 0;
        }
        return new Accuracy(count, top1, top5);
    }

    /** Rank of a class: how many have a higher score, or the same and a lower number. */
    static int rank(float[] scores, int from, int classes, int own) {
        float score = scores[from + own];
        int rank = 0;
        for (int id = 0; id < classes; id++) {
            float other = scores[from + id];
            rank += !(other < score || (other == score && id >= own)) ? 1 : 0;
        }
        return rank;
    }
}
