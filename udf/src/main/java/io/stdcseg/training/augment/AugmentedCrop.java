// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import io.stdcseg.picture.Picture;
import java.util.Arrays;

/**
 * An augmented crop of a picture, as the published training makes it with PIL: color jitter, flip,
 * scale, crop, in this order. Pictures are resized with half-pixel centres and averaged where they
 * shrink, labels take the nearest pixel; only what the crop shows is computed. Immutable.
 */
public final class AugmentedCrop {

    private static final int CHANNELS = 3;

    private final Picture picture;
    private final SampledAugmentation sampled;
    private final int rows;
    private final int columns;
    private final RandomCrop crop;

    /**
     * @param sampled colours and flip
     * @param crop size and place
     * @param columns of the crop
     * @param rows of the crop
     */
    public AugmentedCrop(
            Picture picture, SampledAugmentation sampled, RandomCrop crop, int columns, int rows) {
        this.picture = picture;
        this.sampled = sampled;
        this.crop = crop;
        this.columns = columns;
        this.rows = rows;
    }

    /** RGB triples (rows, columns, 3). */
    public byte[] pixels() {
        PilResampling across =
                new PilResampling(crop.firstWidth(), crop.width(), crop.left(), columns);
        PilResampling down = new PilResampling(crop.firstHeight(), crop.height(), crop.top(), rows);
        int left = across.begin();
        int top = down.begin();
        int width = across.end() - left;
        int height = down.end() - top;
        byte[] resized =
                new CroppedResize(
                                new PilResampling(picture.width(), crop.firstWidth(), left, width),
                                new PilResampling(
                                        picture.height(), crop.firstHeight(), top, height))
                        .of(source());
        if (!crop.isEnlarged()) {
            return resized;
        }
        return new CroppedResize(across, down)
                .of((row, from, levels) -> copy(resized, (row - top) * width, levels));
    }

    /** The picture before it is resized. */
    private CroppedResize.Rows source() {
        ColorJitter jitter = new ColorJitter(picture.rgb(), sampled);
        int width = picture.width();
        return (row, from, levels) -> {
            if (sampled.flipped()) {
                copyFlipped(picture.rgb(), row * width + width - 1 - from, levels);
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

    private static void copyFlipped(byte[] rgb, int last, int[] levels) {
        int from = CHANNELS * last;
        for (int i = 0; i < levels.length; i += CHANNELS) {
            levels[i] = rgb[from] & 0xff;
            levels[i + 1] = rgb[from + 1] & 0xff;
            levels[i + 2] = rgb[from + 2] & 0xff;
            from -= CHANNELS;
        }
    }

    /**
     * The train ids of the same pixels (rows, columns).
     *
     * @param ids of the picture's pixels, row after row
     */
    public byte[] labels(byte[] ids) {
        int width = picture.width();
        int[] across =
                nearest(
                        width,
                        crop.firstWidth(),
                        nearest(crop.firstWidth(), crop.width(), crop.left(), columns));
        int[] down =
                nearest(
                        picture.height(),
                        crop.firstHeight(),
                        nearest(crop.firstHeight(), crop.height(), crop.top(), rows));
        byte[] labels = new byte[rows * columns];
        int to = 0;
        for (int row : down) {
            for (int column : across) {
                int from = sampled.flipped() ? width - 1 - column : column;
                labels[to++] = ids[row * width + from];
            }
        }
        return labels;
    }

    /** The samples of an axis that are nearest to some of those of the resized axis. */
    private static int[] nearest(int in, int out, int[] wanted) {
        int[] nearest = nearest(in, out, 0, out);
        return Arrays.stream(wanted).map(i -> nearest[i]).toArray();
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
