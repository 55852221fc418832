// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Varies labelled pictures as the published training does with PIL: colours, mirror, size, cut-out,
 * in this order. Pictures are resized with half-pixel centres and averaged where they shrink,
 * labels take the nearest pixel; only what the cut-out shows is computed. Thread-safe.
 */
final class Augmenter {

    private static final int CHANNELS = 3;

    private final Augmentation augmentation;

    Augmenter(Augmentation augmentation) {
        this.augmentation = augmentation;
    }

    /**
     * Draws a variation of a picture and writes it.
     *
     * @param pixels receives RGB triples (rows, columns, 3) at {@code index} times their size
     * @param labels receives train ids (rows, columns) at {@code index} times their size
     */
    void write(
            LabelledPicture picture,
            RandomGenerator random,
            ByteBuffer pixels,
            ByteBuffer labels,
            int index) {
        Variation variation = Variation.draw(augmentation, random);
        int size = augmentation.rows() * augmentation.columns();
        pixels.put(CHANNELS * size * index, pixels(picture, variation));
        labels.put(size * index, labels(picture, variation));
    }

    /** RGB triples of the cut-out. */
    byte[] pixels(LabelledPicture picture, Variation variation) {
        CutOut cut = cutOut(picture, variation);
        AxisResampling columns =
                new AxisResampling(
                        cut.firstWidth(), cut.width(), cut.left(), augmentation.columns());
        AxisResampling rows =
                new AxisResampling(cut.firstHeight(), cut.height(), cut.top(), augmentation.rows());
        int left = columns.begin();
        int top = rows.begin();
        int width = columns.end() - left;
        byte[] resized =
                new ResizedArea(
                                new AxisResampling(picture.width(), cut.firstWidth(), left, width),
                                new AxisResampling(
                                        picture.height(), cut.firstHeight(), top, rows.end() - top))
                        .of(source(picture, variation));
        if (!cut.isEnlarged()) {
            return resized;
        }
        return new ResizedArea(columns, rows)
                .of((row, from, levels) -> copy(resized, (row - top) * width, levels));
    }

    /** The picture before it is resized. */
    private static ResizedArea.Rows source(LabelledPicture picture, Variation variation) {
        ColorJitter jitter = new ColorJitter(picture.rgb(), variation);
        int width = picture.width();
        return (row, from, levels) -> {
            if (variation.mirrored()) {
                int last = row * width + width - 1 - from;
                copyMirrored(picture.rgb(), last, levels);
            } else {
                copy(picture.rgb(), row * width + from, levels);
            }
            jitter.apply(levels);
        };
    }

    private static void copy(byte[] rgb, int first, int[] levels) {
        for (int i = 0; i < levels.length; i++) {
            levels[i] = rgb[CHANNELS * first + i] & 0xff;
        }
    }

    private static void copyMirrored(byte[] rgb, int last, int[] levels) {
        for (int i = 0, from = CHANNELS * last;
                i < levels.length;
                i += CHANNELS, from -= CHANNELS) {
            levels[i] = rgb[from] & 0xff;
            levels[i + 1] = rgb[from + 1] & 0xff;
            levels[i + 2] = rgb[from + 2] & 0xff;
        }
    }

    /** Train ids of the cut-out. */
    byte[] labels(LabelledPicture picture, Variation variation) {
        CutOut cut = cutOut(picture, variation);
        int width = picture.width();
        int height = picture.height();
        int[] columns =
                nearest(
                        nearest(width, cut.firstWidth(), 0, cut.firstWidth()),
                        nearest(cut.firstWidth(), cut.width(), cut.left(), augmentation.columns()));
        int[] rows =
                nearest(
                        nearest(height, cut.firstHeight(), 0, cut.firstHeight()),
                        nearest(cut.firstHeight(), cut.height(), cut.top(), augmentation.rows()));
        byte[] labels = new byte[rows.length * columns.length];
        int to = 0;
        for (int row : rows) {
            for (int column : columns) {
                int from = variation.mirrored() ? width - 1 - column : column;
                labels[to++] = picture.labels()[row * width + from];
            }
        }
        return labels;
    }

    private CutOut cutOut(LabelledPicture picture, Variation variation) {
        return CutOut.of(
                picture.width(),
                picture.height(),
                variation,
                augmentation.columns(),
                augmentation.rows());
    }

    /** Which samples of the first of two axes those of the second are nearest to. */
    private static int[] nearest(int[] first, int[] second) {
        return Arrays.stream(second).map(i -> first[i]).toArray();
    }

    /** The nearest samples of a resized axis, position by position added up as in PIL. */
    private static int[] nearest(int in, int out, int from, int count) {
        double step = (double) in / out;
        double position = step / 2;
        int[] nearest = new int[count];
        for (int i = 0; i < from + count; i++) {
            if (i >= from) {
                nearest[i - from] = Math.min((int) position, in - 1);
            }
            position += step;
        }
        return nearest;
    }
}
