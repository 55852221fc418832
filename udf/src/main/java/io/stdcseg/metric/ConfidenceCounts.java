// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import io.stdcseg.label.LabelSet;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Counts of labelled pixels by how sure the network was of them. Counts of parts add up to those of
 * the whole. Not thread-safe.
 */
public final class ConfidenceCounts {

    /** Bins of equal width, as Guo et al. have them. */
    static final int BINS = 15;

    /** How many numbers {@link #toLongs()} gives. */
    static final int NUMBERS = 3 * BINS;

    private static final int ONE = 255;
    private static final byte IGNORE = (byte) LabelSet.IGNORE;

    /** Of each bin the pixels, the right ones, and the sum of their highest scores times 255. */
    private final long[] numbers;

    /** Of no picture. */
    public ConfidenceCounts() {
        this(new long[NUMBERS]);
    }

    private ConfidenceCounts(long[] numbers) {
        this.numbers = numbers;
    }

    /** The counts that {@link #toLongs()} wrote. */
    public static ConfidenceCounts fromLongs(long[] numbers) {
        if (numbers.length != NUMBERS) {
            throw new IllegalArgumentException(
                    numbers.length + " numbers are not counts of confidence; " + NUMBERS + " are");
        }
        return new ConfidenceCounts(numbers.clone());
    }

    /**
     * All counts: of each bin of the highest score its labelled pixels, those of them that were
     * predicted as labelled, and the sum of their highest scores in 255ths.
     */
    public long[] toLongs() {
        return numbers.clone();
    }

    /**
     * Counts the labelled pixels of a picture by their highest score.
     *
     * @param highest from position 0 to the buffer's capacity, 255 for 1
     * @param labels train ids of the same pixels; {@link LabelSet#IGNORE} counts nowhere
     * @param predictions train ids of the same pixels
     */
    public void countHighest(ByteBuffer highest, ByteBuffer labels, ByteBuffer predictions) {
        int[] pixels = new int[ONE + 1];
        int[] wrong = new int[ONE + 1];
        byte[] scores = new byte[EightBytes.MANY];
        byte[] truth = new byte[EightBytes.MANY];
        byte[] ids = new byte[EightBytes.MANY];
        for (int i = 0; i < highest.capacity(); i += EightBytes.MANY) {
            int count = Math.min(EightBytes.MANY, highest.capacity() - i);
            highest.get(i, scores, 0, count);
            labels.get(i, truth, 0, count);
            predictions.get(i, ids, 0, count);
            // Behind the last pixel nothing is labelled.
            Arrays.fill(truth, count, truth.length, IGNORE);
            for (int at = 0; at < count; at += Long.BYTES) {
                long eight = EightBytes.get(scores, at);
                long labelled = EightBytes.get(truth, at);
                long ignored = EightBytes.full(labelled);
                // Most are labelled and right: all are counted, then those that are not.
                addAll(eight, pixels);
                addSome(eight, ignored, -1, pixels);
                long differing = EightBytes.differing(labelled, EightBytes.get(ids, at));
                addSome(eight, differing & ~ignored, 1, wrong);
            }
        }
        for (int score = 0; score <= ONE; score++) {
            // A bin has its upper bound in it, not its lower one; the first has 0, too.
            int bin = Math.max(0, (score * BINS + ONE - 1) / ONE - 1);
            numbers[3 * bin] += pixels[score];
            numbers[3 * bin + 1] += pixels[score] - wrong[score];
            numbers[3 * bin + 2] += (long) pixels[score] * score;
        }
    }

    private static void addAll(long eight, int[] counts) {
        if (eight == -1) {
            counts[ONE] += Long.BYTES;
            return;
        }
        for (int bit = 0; bit < Long.SIZE; bit += Byte.SIZE) {
            counts[(int) (eight >>> bit) & ONE]++;
        }
    }

    /** Adds a number to the counts of the bytes whose top bits are set in {@code which}. */
    private static void addSome(long eight, long which, int number, int[] counts) {
        for (long left = which; left != 0; left &= left - 1) {
            int bit = Long.numberOfTrailingZeros(left) + 1 - Byte.SIZE;
            counts[(int) (eight >>> bit) & ONE] += number;
        }
    }

    /** Adds the counts of other pixels. */
    public void merge(ConfidenceCounts other) {
        for (int i = 0; i < NUMBERS; i++) {
            numbers[i] += other.numbers[i];
        }
    }

    /**
     * Expected calibration error (Guo et al., "On Calibration of Modern Neural Networks", ICML
     * 2017): labelled pixels are put into 15 bins of equal width by their highest softmax score; in
     * each the share of right ones is held against the mean of that score, and the absolute
     * differences are averaged, weighted by the bins' pixels. 0 is best, NaN where nothing is
     * labelled.
     */
    public double expectedCalibrationError() {
        double sum = 0;
        long all = 0;
        for (int bin = 0; bin < BINS; bin++) {
            long pixels = numbers[3 * bin];
            long right = numbers[3 * bin + 1];
            double scores = (double) numbers[3 * bin + 2] / ONE;
            sum += Math.abs(right - scores);
            all += pixels;
        }
        return sum / all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfidenceCounts counts && Arrays.equals(counts.numbers, numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return "confidence " + Arrays.toString(numbers);
    }
}
