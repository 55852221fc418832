// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import java.util.Random;

/** Kinds of made-up scores, each hard in its own way. */
enum ScoreMap {
    /** Every score is on its own: hardly a pixel is clear. */
    NOISE {
        @Override
        float[] make(Random random, int classes, int rows, int columns) {
            return fill(rows * columns * classes, i -> (float) random.nextGaussian() * 5);
        }
    },
    /** Large regions with borders between them, as a network gives them. */
    SMOOTH {
        @Override
        float[] make(Random random, int classes, int rows, int columns) {
            float[] waves = fill(6 * classes, i -> random.nextFloat());
            return fill(
                    rows * columns * classes,
                    i -> {
                        int wave = i % classes * 6;
                        int node = i / classes;
                        double y = node / columns * (0.1 + 0.4 * waves[wave]) + 6 * waves[wave + 1];
                        double x =
                                node % columns * (0.1 + 0.4 * waves[wave + 2])
                                        + 6 * waves[wave + 3];
                        return (float) (8 * Math.sin(y) * Math.cos(x) + 4 * waves[wave + 4]);
                    });
        }
    },
    /** Rounded to bfloat16, as convolutions of that precision give them: many are equal. */
    BFLOAT16 {
        @Override
        float[] make(Random random, int classes, int rows, int columns) {
            float[] scores = SMOOTH.make(random, classes, rows, columns);
            return fill(scores.length, i -> bfloat16(scores[i]));
        }
    },
    /** A few whole numbers: equal everywhere. */
    LEVELS {
        @Override
        float[] make(Random random, int classes, int rows, int columns) {
            return fill(rows * columns * classes, i -> random.nextInt(3));
        }
    },
    /** One score for all. */
    CONSTANT {
        @Override
        float[] make(Random random, int classes, int rows, int columns) {
            float score = (float) random.nextGaussian();
            return fill(rows * columns * classes, i -> score);
        }
    },
    /** Classes in pairs that are equal everywhere. */
    TWINS {
        @Override
        float[] make(Random random, int classes, int rows, int columns) {
            float[] scores = SMOOTH.make(random, classes, rows, columns);
            return fill(scores.length, i -> scores[i - i % classes + i % classes / 2]);
        }
    },
    /** All classes within some last bits of each other: rounding makes and breaks ties. */
    NEAR_TIES {
        @Override
        float[] make(Random random, int classes, int rows, int columns) {
            float[] plane = fill(rows * columns, i -> (float) random.nextGaussian());
            int bits = 1 + random.nextInt(40);
            return fill(
                    rows * columns * classes,
                    i -> plane[i / classes] + random.nextInt(bits) * Math.ulp(plane[i / classes]));
        }
    },
    /** Each class a bit or so above the one before: rounding hands pixels to the lower class. */
    STAIRS {
        @Override
        float[] make(Random random, int classes, int rows, int columns) {
            float[] plane = fill(rows * columns, i -> 1 + random.nextFloat());
            return fill(
                    rows * columns * classes,
                    i -> plane[i / classes] + i % classes * Math.ulp(plane[i / classes]));
        }
    },
    /** Numbers that are smaller than normal, where rounding is coarse. */
    SUBNORMAL {
        @Override
        float[] make(Random random, int classes, int rows, int columns) {
            return fill(rows * columns * classes, i -> random.nextInt(9) * Float.MIN_VALUE);
        }
    },
    /** Both zeros, which are equal. */
    ZEROS {
        @Override
        float[] make(Random random, int classes, int rows, int columns) {
            return fill(rows * columns * classes, i -> random.nextBoolean() ? 0f : -0f);
        }
    },
    /** Sums of these may overflow. */
    HUGE {
        @Override
        float[] make(Random random, int classes, int rows, int columns) {
            return fill(
                    rows * columns * classes,
                    i -> Float.MAX_VALUE * (random.nextBoolean() ? 1 : -random.nextFloat()));
        }
    },
    /** Now and then a score that is no number. */
    NOT_FINITE {
        @Override
        float[] make(Random random, int classes, int rows, int columns) {
            float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
            float[] scores = SMOOTH.make(random, classes, rows, columns);
            int share = 1 + random.nextInt(100);
            return fill(
                    scores.length,
                    i -> random.nextInt(share) == 0 ? odd[random.nextInt(odd.length)] : scores[i]);
        }
    };

    /** Scores (rows, columns, classes). */
    abstract float[] make(Random random, int classes, int rows, int columns);

    private interface Score {
        float at(int i);
    }

    private static float[] fill(int count, Score score) {
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            scores[i] = score.at(i);
        }
        return scores;
    }

    private static float bfloat16(float value) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) + 0x8000 & 0xffff0000);
    }
}
