// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.function.score.StreamEvent.FrameScore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsSpanTest {

    private final List<Long> news = new ArrayList<>();
    private List<WeightsSpan> spans;

    @Test
    void aRangeHasOneSpanForEachOfItsWeights() {
        frames(0, 0, 3, "a");
        frames(0, 3, 5, "b");

        assertThat(shown()).containsExactly("0-2 a", "3-4 b");
        assertThat(news).containsExactly(0L, 3L);
    }

    @Test
    void rangesSideBySideChangeWhereEachOfThemIs() {
        frames(0, 0, 2, "a");
        frames(1, 10, 13, "a");
        frames(0, 2, 10, "b");
        spans = WeightsSpan.afterRange(spans, 0);
        frames(1, 13, 20, "b");
        spans = WeightsSpan.afterRange(spans, 1);
        frames(2, 20, 22, "b");
        frames(3, 30, 31, "b");

        assertThat(shown()).containsExactly("0-1 a", "2-9 b", "10-12 a", "13-21 b", "30-30 b");
        assertThat(news).containsExactly(0L, 2L, 13L);
        spans = WeightsSpan.afterRange(spans, 2);
        assertThat(shown()).endsWith("13-30 b");
    }

    @Test
    void aStreamOfManyRangesIsOneSpan() {
        for (int range = 0; range < 100; range++) {
            frames(range, 10L * range, 10L * range + 10, "a");
            spans = WeightsSpan.afterRange(spans, range);
        }

        assertThat(shown()).containsExactly("0-999 a");
        assertThat(spans.get(0).frames()).isEqualTo(1000);
        assertThat(news).containsExactly(0L);
    }

    /** Whether the range without frames ends before or after those beside it. */
    @Test
    void aRangeWithoutFramesSplitsNothing() {
        frames(0, 0, 10, "a");
        spans = WeightsSpan.afterRange(spans, 0);
        spans = WeightsSpan.afterRange(spans, 1);
        frames(2, 10, 20, "a");
        frames(4, 20, 30, "a");
        spans = WeightsSpan.afterRange(spans, 3);
        spans = WeightsSpan.afterRange(spans, 4);
        spans = WeightsSpan.afterRange(spans, 2);

        assertThat(shown()).containsExactly("0-29 a");
    }

    @Test
    void whereWeightsBeginIsToldWhicheverRangeIsFirst() {
        frames(1, 10, 12, "a");
        frames(0, 0, 2, "a");

        assertThat(news).containsExactly(10L, 0L);
    }

    @Test
    void ofAStreamOfVeryManyChangesEachIsToldOnce() {
        int changes = WeightsSpan.MOST + 10;
        for (int change = 0; change < changes; change++) {
            frames(0, 2L * change, 2L * change + 2, "w" + change);
        }
        frames(1, 5000, 5003, "other");

        assertThat(spans).hasSize(WeightsSpan.MOST);
        assertThat(shown()).endsWith("1996-1997 w998", "2018-2019 w1009");
        assertThat(news).hasSize(changes).endsWith(2016L, 2018L);
    }

    @Test
    void nothingIsToldOfWeightsThatDoNotChange() {
        frames(0, 0, 3, null);

        assertThat(spans).isNull();
        assertThat(news).isEmpty();
    }

    private void frames(int range, long from, long to, String weights) {
        for (long index = from; index < to; index++) {
            FrameScore frame = new FrameScore("s", range, index, 0, null, 0, null, weights);
            if (WeightsSpan.isNews(spans, frame)) {
                news.add(index);
            }
            spans = WeightsSpan.after(spans, frame);
        }
    }

    private List<String> shown() {
        return spans.stream()
                .map(span -> span.firstFrame() + "-" + span.lastFrame() + " " + span.sha256())
                .toList();
    }
}
