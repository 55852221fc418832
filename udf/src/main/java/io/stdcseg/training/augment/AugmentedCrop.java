// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import io.stdcseg.picture.Picture;
import java.util.Arrays;

/**
 * A cut-out of a varied picture as the published training makes it with PIL: colours, mirror, size,
 * cut-out, in this order. Pictures are resized with half-pixel centres and averaged where they
 * shrink, labels take the nearest pixel; only what the cut-out shows is computed. Immutable.
 */
public final class AugmentedCrop {

    private static final int CHANNELS = 3;

    private final Picture picture;
    private final SampledAugmentation variation;
    private final int rows;
    private final int columns;
    private final RandomCrop cut;

    /**
     * @param variation colours and mirror
     * @param cut size and place
     * @param columns of the cut-out
     * @param rows of the cut-out
     */
    public AugmentedCrop(
            Picture picture, SampledAugmentation variation, RandomCrop cut, int columns, int rows) {
        this.picture = picture;
        this.variation = variation;
        this.cut = cut;
        this.columns = columns;
        this.rows = rows;
    }

    /** RGB triples (rows, columns, 3). */
    public byte[] pixels() {
        PilResampling across =
                new PilResampling(cut.firstWidth(), cut.width(), cut.left(), columns);
        PilResampling down = new PilResampling(cut.firstHeight(), cut.height(), cut.top(), rows);
        int left = across.begin();
        int top = down.begin();
        int width = across.end() - left;
        int height = down.end() - top;
        byte[] resized =
                new CroppedResize(
                                new PilResampling(picture.width(), cut.firstWidth(), left, width),
                                new PilResampling(picture.height(), cut.firstHeight(), top, height))
                        .of(source());
        if (!cut.isEnlarged()) {
            return resized;
        }
        return new CroppedResize(across, down)
                .of((row, from, levels) -> copy(resized, (row - top) * width, levels));
    }

    /** The picture before it is resized. */
    private CroppedResize.Rows source() {
        ColorJitter jitter = new ColorJitter(picture.rgb(), variation);
        int width = picture.width();
        return (row, from, levels) -> {
            if (variation.mirrored()) {
                copyMirrored(picture.rgb(), row * width + width - 1 - from, levels);
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
                        cut.firstWidth(),
                        nearest(cut.firstWidth(), cut.width(), cut.left(), columns));
        int[] down =
                nearest(
                        picture.height(),
                        cut.firstHeight(),
                        nearest(cut.firstHeight(), cut.height(), cut.top(), rows));
        byte[] labels = new byte[rows * columns];
        int to = 0;
        for (int row : down) {
            for (int column : across) {
                int from = variation.mirrored() ? width - 1 - column : column;
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
