// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.frames;

import static io.stdcseg.job.output.frames.KeptFrames.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeBucketsTest {

    /** Ten frames a second: buckets of 67 ms hold one at most, those of 134 ms one or two. */
    @Test
    void bucketsWidenUntilTheyAreFewEnough() {
        TimeBuckets buckets = new TimeBuckets(4);
        for (int i = 0; i < 4; i++) {
            assertThat(buckets.add(frame("a", i, 0.1 * i))).isEmpty();
        }
        assertThat(buckets.level()).isEqualTo(TimeBuckets.FINEST);

        // Of 134 ms: 0 and 100, 200, 300 and 400 ms.
        assertThat(buckets.add(frame("a", 4, 0.9)))
                .containsExactlyInAnyOrder(frame("a", 0, 0), frame("a", 3, 0.1 * 3));
        assertThat(buckets.level()).isEqualTo(TimeBuckets.FINEST + 1);
        assertThat(buckets.frames())
                .containsExactly(frame("a", 4, 0.9), frame("a", 2, 0.2), frame("a", 1, 0.1));
    }

    @Test
    void aFrameThatIsWorthMoreTakesThePlaceOfItsNeighbour() {
        TimeBuckets buckets = new TimeBuckets(4);
        buckets.widenTo(30);
        buckets.add(frame("a", 1, 0.5));

        assertThat(buckets.add(frame("a", 2, 0.4))).containsExactly(frame("a", 2, 0.4));
        assertThat(buckets.add(frame("a", 3, 0.5))).containsExactly(frame("a", 3, 0.5));
        assertThat(buckets.add(frame("a", 4, 0.6))).containsExactly(frame("a", 1, 0.5));
        assertThat(buckets.add(frame("b", 4, 0.1))).isEmpty();
    }

    @Test
    void ofMoreStreamsThanBucketsTheBestGo() {
        TimeBuckets buckets = new TimeBuckets(2);
        buckets.add(frame("a", 0, 0.3));
        buckets.add(frame("b", 0, 0.2));

        assertThat(buckets.add(frame("c", 0, 0.1))).containsExactly(frame("c", 0, 0.1));
        assertThat(buckets.level()).isEqualTo(TimeBuckets.WHOLE);
        assertThat(buckets.add(frame("c", 9, 0.4))).containsExactly(frame("b", 0, 0.2));
        assertThat(buckets.add(frame("a", 9_000_000, 0.2)))
                .containsExactly(frame("a", 9_000_000, 0.2));
    }

    /** Slots see parts of streams, in any order, and send on what they keep when they like. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void whatIsKeptDependsOnTheFramesAlone(int seed) {
        Random random = new Random(seed);
        List<KeptFrame> frames = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            // Few values, so that some are equal.
            String stream = "s" + random.nextInt(3);
            frames.add(frame(stream, i - 100, random.nextInt(50) / 50.0));
        }
        TimeBuckets alone = new TimeBuckets(20);
        frames.forEach(alone::add);
        assertThat(alone.frames()).hasSizeBetween(11, 20);

        Collections.shuffle(frames, random);
        TimeBuckets together = new TimeBuckets(20);
        int slots = 1 + random.nextInt(4);
        List<TimeBuckets> parts = new ArrayList<>();
        for (int i = 0; i < slots; i++) {
            parts.add(new TimeBuckets(20));
        }
        for (KeptFrame frame : frames) {
            int slot = random.nextInt(slots);
            parts.get(slot).add(frame);
            if (random.nextInt(100) == 0) {
                tell(parts.get(slot), together);
            }
            if (random.nextInt(1000) == 0) {
                tell(parts.get(slot), together);
                parts.set(slot, new TimeBuckets(20)); // It was restored, and knows nothing.
            }
        }
        parts.forEach(part -> tell(part, together));

        assertThat(together.level()).isEqualTo(alone.level());
        assertThat(together.frames()).isEqualTo(alone.frames());
        assertThat(together.choose(10)).isEqualTo(alone.choose(10)).hasSize(10);
    }

    private static void tell(TimeBuckets part, TimeBuckets together) {
        together.widenTo(part.level());
        part.frames().forEach(together::add);
    }

    /** A day at 25 frames per second, in which one minute of each hour is bad. */
    @Test
    void aDayIsFewFramesOfAllOfIt() {
        TimeBuckets buckets = new TimeBuckets(2 * 48);
        Random random = new Random(1);
        for (int second = 0; second < 24 * 3600; second++) {
            for (int frame = 0; frame < 25; frame += 5) {
                double worth = random.nextDouble() / 2 + (second % 3600 < 60 ? 0.5 : 0);
                buckets.add(frame("camera", second * 10L + frame / 5 * 2, worth));
            }
            assertThat(buckets.frames().size()).isLessThanOrEqualTo(2 * 48);
        }

        List<KeptFrame> chosen = buckets.choose(48);

        assertThat(chosen).hasSize(48);
        assertThat(chosen.stream().map(frame -> (int) frame.seconds() / 3600).distinct())
                .hasSize(24);
    }

    @Test
    void ofNeighboursInTwoBucketsOneIsChosen() {
        TimeBuckets buckets = new TimeBuckets(6);
        buckets.widenTo(30); // 1.07 s
        buckets.add(frame("a", 10, 0.9));
        buckets.add(frame("a", 11, 0.8));
        buckets.add(frame("a", 25, 0.1));
        buckets.add(frame("b", 11, 0.2));

        assertThat(buckets.choose(3))
                .containsExactly(frame("a", 10, 0.9), frame("b", 11, 0.2), frame("a", 25, 0.1));
        assertThat(buckets.choose(4)).hasSize(4);
        assertThat(buckets.choose(9)).hasSize(4).isSortedAccordingTo(KeptFrame.WORST_FIRST);
    }
}
