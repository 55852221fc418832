// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Counts of masks that need no label: which classes they are of, how far each agrees with the one
 * before it, and what its picture looks like ({@link LumaCounts}). Of points of a {@link
 * MaskLattice}; counts of parts add up to those of the whole. Not thread-safe.
 *
 * <p>Two masks agree as labels and predictions do: by intersection over union of each class, and
 * the mean over the classes that are in either. Of masks as they are that is their stability; after
 * the motion between the pictures is taken out of the earlier one it is temporal consistency as
 * Varghese et al. define it ("Unsupervised Temporal Consistency Metric for Video Segmentation in
 * Highly-Automated Driving", CVPR Workshops 2020), who take the motion from optical flow. Here it
 * is that of the decoder's motion vectors, and what has none takes no part.
 */
public final class MaskCounts {

    /** Kinds of points of a class, in the order they are kept. */
    private static final int BOTH = 0;

    private static final int BEFORE = 1;
    private static final int NOW = 2;
    private static final int KINDS = 3;

    private static final int IDS = 256;

    /** Whether a block's motion is known: where it is not, its horizontal part is this. */
    public static final short UNKNOWN = Short.MIN_VALUE;

    /**
     * A pixel is uncertain where the two highest softmax scores differ by less than this: two
     * classes are about as likely.
     */
    public static final double UNCERTAIN_MARGIN = 0.2;

    private static final int ONE = 255;

    /** Behind frames, pairs, pairs with motion, pixels with a margin, uncertain ones. */
    private static final int LUMA = 5;

    /** Behind those of luma; from here on there are numbers of classes. */
    private static final int HEAD = LUMA + LumaCounts.NUMBERS;

    private final int classes;
    private final long[] numbers;

    /** Of no mask. */
    public MaskCounts(int classes) {
        this.classes = classes;
        this.numbers = new long[HEAD + classes + 2 * KINDS * classes];
    }

    /** The counts that {@link #toLongs()} wrote, also when nothing of luma was among them yet. */
    public static MaskCounts fromLongs(long[] numbers) {
        int head = isWhole(numbers.length - HEAD) ? HEAD : LUMA;
        int classes = (numbers.length - head) / (1 + 2 * KINDS);
        if (!isWhole(numbers.length - head)) {
            throw new IllegalArgumentException(numbers.length + " numbers are no counts of masks");
        }
        MaskCounts counts = new MaskCounts(classes);
        System.arraycopy(numbers, 0, counts.numbers, 0, LUMA);
        int rest = numbers.length - LUMA;
        System.arraycopy(numbers, LUMA, counts.numbers, counts.numbers.length - rest, rest);
        return counts;
    }

    /** Whether so many numbers are those of some classes. */
    private static boolean isWhole(int ofClasses) {
        return ofClasses > 0 && ofClasses % (1 + 2 * KINDS) == 0;
    }

    /**
     * All counts: frames, pairs, and pairs with motion; pixels whose margin is known, and uncertain
     * ones; points of each range of luma, and how far luma differs; points of each class; and, of
     * pairs and of those with motion, of each class the points that are of it in both masks, in the
     * earlier, and in the later one.
     */
    public long[] toLongs() {
        return numbers.clone();
    }

    /** Adds a frame. */
    public void add(MaskLattice mask) {
        int[] points = new int[IDS];
        int size = mask.columns() * mask.rows();
        for (int i = 0; i < size; i++) {
            points[mask.id(i)]++;
        }
        numbers[0]++;
        for (int c = 0; c < classes; c++) {
            numbers[HEAD + c] += points[c];
        }
    }

    /**
     * Adds what the picture of a mask looks like.
     *
     * @param luma of video: {@code height} rows of {@code width} bytes, and more behind them
     * @param fullRange whether 0 is black and 255 white, and not 16 and 235
     */
    public void addLuma(ByteBuffer luma, boolean fullRange, int width, int height) {
        LumaCounts.addPlane(luma, fullRange, width, height, numbers, LUMA);
    }

    /**
     * The same.
     *
     * @param rgb {@code height} rows of {@code width} triples
     */
    public void addRgb(ByteBuffer rgb, int width, int height) {
        LumaCounts.addRgb(rgb, width, height, numbers, LUMA);
    }

    /**
     * Adds the agreement of a mask with the one before it, of the same size; of another size they
     * are no pair.
     */
    public void addPair(MaskLattice before, MaskLattice now) {
        if (!now.hasSizeOf(before)) {
            return;
        }
        Agreement agreement = new Agreement();
        int size = now.columns() * now.rows();
        for (int i = 0; i < size; i++) {
            agreement.add(before.id(i), now.id(i));
        }
        numbers[1]++;
        agreement.addTo(numbers, HEAD + classes, classes);
    }

    /**
     * Adds the agreement with the mask before after motion.
     *
     * <p>A block that came from elsewhere covered one point of the earlier lattice there. Where
     * that point lies in the block is where the later mask is looked at: to the pixel, though of
     * the earlier one only points are known.
     *
     * @param before of the earlier mask
     * @param mask the later one
     * @param motion of each block from the earlier picture to where it is now, in pixels: right and
     *     down in turns; null if nothing is known
     */
    public void addMovedPair(
            MaskLattice before, ByteBuffer mask, int width, int height, short[] motion) {
        int columns = MaskLattice.points(width);
        int rows = MaskLattice.points(height);
        if (motion == null || columns != before.columns() || rows != before.rows()) {
            return;
        }
        Agreement agreement = new Agreement();
        for (int row = 0, at = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++, at += 2) {
                if (motion[at] == UNKNOWN) {
                    continue;
                }
                int fromColumn = pointFrom(column, motion[at]);
                int fromRow = pointFrom(row, motion[at + 1]);
                int x = fromColumn * MaskLattice.STEP + MaskLattice.OFFSET + motion[at];
                int y = fromRow * MaskLattice.STEP + MaskLattice.OFFSET + motion[at + 1];
                boolean seen = fromColumn >= 0 && fromColumn < columns && fromRow >= 0;
                if (seen && fromRow < rows && x < width && y < height) {
                    agreement.add(
                            before.id(fromRow * columns + fromColumn),
                            mask.get(y * width + x) & 255);
                }
            }
        }
        numbers[2]++;
        agreement.addTo(numbers, HEAD + (1 + KINDS) * classes, classes);
    }

    /** The point that lay where a block came from. */
    private static int pointFrom(int block, int motion) {
        int start = block * MaskLattice.STEP - motion;
        return Math.floorDiv(start + MaskLattice.STEP - 1 - MaskLattice.OFFSET, MaskLattice.STEP);
    }

    /**
     * Adds how sure the network was of a mask.
     *
     * @param margins of each pixel between the two highest softmax scores, 255 for 1; from position
     *     0 to the buffer's capacity
     */
    public void addMargins(ByteBuffer margins) {
        int limit = (int) Math.ceil(UNCERTAIN_MARGIN * ONE);
        int uncertain = 0;
        byte[] some = new byte[EightBytes.MANY];
        for (int i = 0; i < margins.capacity(); i += some.length) {
            int count = Math.min(some.length, margins.capacity() - i);
            // What is left of earlier ones is certain.
            Arrays.fill(some, count, some.length, (byte) ONE);
            margins.get(i, some, 0, count);
            for (int at = 0; at < count; at += Long.BYTES) {
                uncertain += EightBytes.below(limit, EightBytes.get(some, at));
            }
        }
        numbers[3] += margins.capacity();
        numbers[4] += uncertain;
    }

    /** Adds the counts of other masks. */
    public void merge(MaskCounts other) {
        if (other.classes != classes) {
            throw new IllegalArgumentException(
                    "counts of " + other.classes + " classes do not add to those of " + classes);
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] += other.numbers[i];
        }
    }

    public long frames() {
        return numbers[0];
    }

    /** How many frames follow the one before them directly. */
    public long pairs() {
        return numbers[1];
    }

    /** Of how many of these the motion is known. */
    public long movedPairs() {
        return numbers[2];
    }

    /** Share of each class in the masks, 0 to 1; NaN without masks. */
    public double[] shares() {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += numbers[HEAD + c];
        }
        double[] shares = new double[classes];
        for (int c = 0; c < classes; c++) {
            shares[c] = numbers[HEAD + c] / sum;
        }
        return shares;
    }

    /** Share of the pixels whose margin is below {@link #UNCERTAIN_MARGIN}; NaN of none. */
    public double uncertainShare() {
        return (double) numbers[4] / numbers[3];
    }

    /** Mean difference of a pixel's luma from the next one's, in levels; NaN without pictures. */
    public double sharpness() {
        return LumaCounts.sharpness(numbers, LUMA);
    }

    /** Share of the pixels in each range of luma, 0 to 1; NaN without pictures. */
    public double[] lumaShares() {
        return LumaCounts.shares(numbers, LUMA);
    }

    /** Mean over classes of the IoU of masks that follow each other; NaN without pairs. */
    public double stability() {
        return meanIou(HEAD + classes);
    }

    /** The same after motion: temporal consistency. */
    public double temporalConsistency() {
        return meanIou(HEAD + (1 + KINDS) * classes);
    }

    private double meanIou(int from) {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < classes; c++) {
            int at = from + c * KINDS;
            long either = numbers[at + BEFORE] + numbers[at + NOW] - numbers[at + BOTH];
            if (either > 0) {
                sum += (double) numbers[at + BOTH] / either;
                present++;
            }
        }
        return present == 0 ? Double.NaN : sum / present;
    }

    @Override
    public String toString() {
        return Arrays.toString(numbers);
    }

    /**
     * Agreement of two masks: points of a class in both, in the earlier, and in the later alone.
     */
    private static final class Agreement {

        private final int[] both = new int[IDS];
        private final int[] before = new int[IDS];
        private final int[] now = new int[IDS];

        void add(int earlier, int later) {
            if (earlier == later) {
                both[earlier]++;
            } else {
                before[earlier]++;
                now[later]++;
            }
        }

        void addTo(long[] sum, int from, int classes) {
            for (int c = 0; c < classes; c++) {
                sum[from + c * KINDS + BOTH] += both[c];
                sum[from + c * KINDS + BEFORE] += both[c] + before[c];
                sum[from + c * KINDS + NOW] += both[c] + now[c];
            }
        }
    }
}
