// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class MaskCountsTest {

    private static final int WIDTH = 40;
    private static final int HEIGHT = 24;

    @Test
    void aLatticeHasThePixelNearTheMiddleOfEachBlock() {
        ByteBuffer mask = mask((x, y) -> x / 8 + 5 * (y / 8));
        MaskLattice lattice = MaskLattice.of(mask, WIDTH, HEIGHT);

        assertThat(lattice.columns()).isEqualTo(5);
        assertThat(lattice.rows()).isEqualTo(3);
        for (int i = 0; i < 15; i++) {
            assertThat(lattice.id(i)).isEqualTo(i);
        }
    }

    @Test
    void aLatticeOfFewPixelsHasOne() {
        MaskLattice lattice = MaskLattice.of(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), 2, 2);
        assertThat(lattice.columns() * lattice.rows()).isEqualTo(1);
        assertThat(lattice.id(0)).isEqualTo(4);
    }

    @Test
    void aLatticeComesBackFromItsRuns() {
        MaskLattice lattice = MaskLattice.of(mask((x, y) -> x < 20 ? 200 : y / 8), WIDTH, HEIGHT);
        byte[] runs = lattice.toRuns();
        assertThat(MaskLattice.ofRuns(5, 3, runs).toRuns()).isEqualTo(runs);
        assertThat(runs).hasSize(12).startsWith((byte) 200, (byte) 1, (byte) 0, (byte) 2);

        byte[] plain = MaskLattice.of(ByteBuffer.allocate(400 * 400), 400, 400).toRuns();
        assertThat(plain).hasSize(20);
        assertThat(MaskLattice.ofRuns(50, 50, plain).id(2499)).isZero();
    }

    /** Of 15 points 9 are 0 and 6 are 1, then 6 and 9: IoU 6/9 and 6/9. */
    @Test
    void masksAgreeByIntersectionOverUnion() {
        MaskCounts counts = new MaskCounts(3);
        MaskLattice before = lattice((x, y) -> x < 24 ? 0 : 1);
        MaskLattice now = lattice((x, y) -> x < 16 ? 0 : 1);
        assertThat(counts.stability()).isNaN();

        counts.add(before);
        counts.add(now);
        counts.addPair(before, now);

        assertThat(counts.stability()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(counts.temporalConsistency()).isNaN();
        assertThat(counts.shares()).containsExactly(0.5, 0.5, 0);
        assertThat(new long[] {counts.frames(), counts.pairs(), counts.movedPairs()})
                .containsExactly(2, 1, 0);
    }

    @Test
    void aMotionThatIsKnownIsTakenOut() {
        MaskCounts counts = new MaskCounts(2);
        // An edge that moves by 13 pixels to the right, and by 3 down.
        MaskLattice before = lattice((x, y) -> x + 2 * y < 34 ? 0 : 1);
        ByteBuffer now = mask((x, y) -> x - 13 + 2 * (y - 3) < 34 ? 0 : 1);

        counts.addPair(before, MaskLattice.of(now, WIDTH, HEIGHT));
        counts.addMovedPair(before, now, WIDTH, HEIGHT, motion(13, 3));

        assertThat(counts.stability()).isLessThan(0.5);
        assertThat(counts.temporalConsistency()).isEqualTo(1);
        assertThat(counts.movedPairs()).isEqualTo(1);
    }

    @Test
    void whatStandsStillIsAsWithoutMotion() {
        MaskCounts counts = new MaskCounts(3);
        MaskLattice before = lattice((x, y) -> x * y % 3);
        ByteBuffer now = mask((x, y) -> (x * y + x) % 3);

        counts.addPair(before, MaskLattice.of(now, WIDTH, HEIGHT));
        counts.addMovedPair(before, now, WIDTH, HEIGHT, motion(0, 0));

        assertThat(counts.temporalConsistency()).isEqualTo(counts.stability()).isBetween(0.0, 0.9);
    }

    @Test
    void blocksOfUnknownMotionAndFromOutsideTakeNoPart() {
        MaskCounts counts = new MaskCounts(2);
        MaskLattice before = lattice((x, y) -> 0);
        short[] motion = motion(16, 0);
        motion[4] = MaskCounts.UNKNOWN;

        // Two columns came from outside, of the others one block is unknown.
        counts.addMovedPair(
                before, mask((x, y) -> x < 16 || x < 24 && y < 8 ? 1 : 0), 40, 24, motion);

        assertThat(counts.temporalConsistency()).isEqualTo(1);
    }

    @Test
    void masksOfTwoSizesAreNoPair() {
        MaskCounts counts = new MaskCounts(2);
        MaskLattice other = MaskLattice.of(ByteBuffer.allocate(64), 8, 8);
        counts.addPair(other, lattice((x, y) -> 0));
        counts.addMovedPair(other, mask((x, y) -> 0), WIDTH, HEIGHT, motion(0, 0));
        assertThat(counts.pairs() + counts.movedPairs()).isZero();
    }

    /** A margin of 0.2 is 51 of 255. */
    @Test
    void uncertainIsWhatHasASmallMargin() {
        MaskCounts counts = new MaskCounts(2);
        assertThat(MaskScores.of(counts).toMap(List.of("a", "b")))
                .doesNotContainKey("uncertainShare");

        counts.addMargins(ByteBuffer.wrap(new byte[] {0, 50, 51, (byte) 255}));

        assertThat(counts.uncertainShare()).isEqualTo(0.5);
        assertThat(MaskScores.of(counts).toMap(List.of("a", "b")))
                .containsEntry("uncertainShare", 0.5);
    }

    @Test
    void uncertainPixelsAreCountedWhereverTheyLie() {
        Random random = new Random(2);
        for (int pixels : new int[] {1, 7, 4096, 4101, 10_000}) {
            byte[] margins = new byte[pixels];
            random.nextBytes(margins);
            int uncertain = 0;
            for (byte margin : margins) {
                uncertain += (margin & 255) < 51 ? 1 : 0;
            }
            MaskCounts counts = new MaskCounts(2);

            counts.addMargins(ByteBuffer.wrap(margins));

            assertThat(counts.uncertainShare()).isEqualTo((double) uncertain / pixels);
        }
    }

    /** Points lie at 4, 12, ...; stripes of 16 and 24 that are a pixel wide differ everywhere. */
    @Test
    void sharpnessIsHowFarNeighboursDiffer() {
        MaskCounts counts = new MaskCounts(2);
        assertThat(counts.sharpness()).isNaN();
        assertThat(counts.lumaShares()).containsOnly(Double.NaN);

        counts.addLuma(mask((x, y) -> x % 2 == 0 ? 24 : 16), false, WIDTH, HEIGHT);

        assertThat(counts.sharpness()).isEqualTo(8.0 / 2);
        assertThat(counts.lumaShares()[1]).isEqualTo(1);
        counts.addLuma(mask((x, y) -> 255), false, WIDTH, HEIGHT);
        assertThat(counts.sharpness()).isEqualTo(8.0 / 4);
        assertThat(counts.lumaShares()[1]).isEqualTo(0.5);
        assertThat(counts.lumaShares()[15]).isEqualTo(0.5);
        assertThat(MaskScores.of(counts).toMap(List.of("a", "b"))).containsEntry("sharpness", 2.0);
    }

    /** Primary colours of BT.601: 82, 145 and 41; black is 16, white 235. */
    @Test
    void lumaOfRgbIsThatOfVideo() {
        int[][] colours = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {0, 0, 0}, {255, 255, 255}};
        int[] bins = {82 / 16, 145 / 16, 41 / 16, 1, 235 / 16};
        for (int i = 0; i < colours.length; i++) {
            int[] colour = colours[i];
            ByteBuffer rgb = ByteBuffer.allocate(3 * WIDTH * HEIGHT);
            for (int at = 0; at < rgb.capacity(); at++) {
                rgb.put(at, (byte) colour[at % 3]);
            }
            MaskCounts counts = new MaskCounts(2);

            counts.addRgb(rgb, WIDTH, HEIGHT);

            assertThat(counts.lumaShares()[bins[i]]).isEqualTo(1);
            assertThat(counts.sharpness()).isZero();
        }
    }

    @Test
    void planesOfFullRangeLookAsOthersDo() {
        IntBinaryOperator level = (x, y) -> 24 + 48 * (x / 8) + 4 * (x % 2);
        MaskCounts usual = new MaskCounts(2);
        usual.addLuma(mask(level), false, WIDTH, HEIGHT);
        MaskCounts full = new MaskCounts(2);
        full.addLuma(
                mask((x, y) -> (level.applyAsInt(x, y) - 16) * 255 / 219), true, WIDTH, HEIGHT);

        assertThat(full.lumaShares()).containsExactly(usual.lumaShares()).contains(0.2, 0.0);
        assertThat(full.sharpness()).isCloseTo(usual.sharpness(), within(0.5));
        assertThat(usual.sharpness()).isEqualTo(2);
    }

    @Test
    void aPictureOfOnePixelHasALook() {
        MaskCounts counts = new MaskCounts(2);
        counts.addLuma(ByteBuffer.wrap(new byte[] {(byte) 200}), false, 1, 1);
        assertThat(counts.sharpness()).isZero();
        assertThat(counts.lumaShares()[200 / 16]).isEqualTo(1);
    }

    /** Head of five, two classes: as checkpoints of earlier versions have them. */
    @Test
    void countsWithoutLumaAreRead() {
        long[] kept = {2, 1, 0, 100, 25, 150, 50, 80, 80, 100, 0, 20, 0, 0, 0, 0, 0, 0, 0};
        MaskCounts counts = MaskCounts.fromLongs(kept);
        assertThat(counts.stability()).isEqualTo(0.4);
        assertThat(counts.uncertainShare()).isEqualTo(0.25);
        assertThat(counts.shares()).containsExactly(0.75, 0.25);
        assertThat(counts.sharpness()).isNaN();

        counts.addLuma(mask((x, y) -> 40), false, WIDTH, HEIGHT);
        MaskCounts both = MaskCounts.fromLongs(counts.toLongs());
        both.merge(MaskCounts.fromLongs(kept));

        assertThat(both.stability()).isEqualTo(0.4);
        assertThat(both.lumaShares()[2]).isEqualTo(1);
        assertThat(both.sharpness()).isZero();
    }

    @Test
    void countsOfPartsAddUp() {
        MaskCounts one = new MaskCounts(2);
        one.add(lattice((x, y) -> 0));
        MaskCounts two = new MaskCounts(2);
        two.add(lattice((x, y) -> x < 8 ? 1 : 0));
        two.addPair(lattice((x, y) -> 0), lattice((x, y) -> x < 8 ? 1 : 0));

        MaskCounts both = MaskCounts.fromLongs(one.toLongs());
        both.merge(two);

        assertThat(both.shares()).containsExactly(0.9, 0.1);
        assertThat(both.stability()).isEqualTo((0.8 + 0) / 2);
        assertThatThrownBy(() -> one.merge(new MaskCounts(3)))
                .hasMessage("counts of 3 classes do not add to those of 2");
        assertThatThrownBy(() -> MaskCounts.fromLongs(new long[5]))
                .hasMessage("5 numbers are no counts of masks");
    }

    private static MaskLattice lattice(IntBinaryOperator id) {
        return MaskLattice.of(mask(id), WIDTH, HEIGHT);
    }

    private static ByteBuffer mask(IntBinaryOperator id) {
        ByteBuffer mask = ByteBuffer.allocate(WIDTH * HEIGHT);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                mask.put((byte) id.applyAsInt(x, y));
            }
        }
        return mask.flip();
    }

    private static short[] motion(int right, int down) {
        short[] motion = new short[2 * 15];
        Arrays.fill(motion, (short) right);
        for (int i = 1; i < motion.length; i += 2) {
            motion[i] = (short) down;
        }
        return motion;
    }
}
