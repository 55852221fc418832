// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.job.output.commit.Committable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Of a camera with a picture each 40 ticks, of a millisecond each. */
class TimelineTest {

    private static final long STEP = 40;
    private static final StreamInfo INFO =
            new StreamInfo(
                    "gate",
                    "rtsp://gate/1",
                    64,
                    36,
                    0,
                    new Rational(1, 1000),
                    new Rational(25, 1),
                    new Rational(1, 1),
                    ColorMetadata.UNSPECIFIED);

    /** From 0 on, with one frame in two lost: they are 80 ticks apart in the mean. */
    private final Timeline holed = Timeline.begin(segment(26, 0, 2000), "h");

    @Test
    void isAsLongAsItsFramesWhateverWasLostAmongThem() {
        assertThat(holed.seconds(0)).isCloseTo(2.04, Offset.offset(1e-9));
    }

    @Test
    void twoLostFramesAreNoDiscontinuity() {
        assertThat(holed.next(segment(10, 2000 + 3 * STEP, 3000), "h").discontinuity()).isFalse();
    }

    @Test
    void threeLostFramesAreOneWhateverWasLostBefore() {
        assertThat(holed.next(segment(10, 2000 + 4 * STEP, 3000), "h").discontinuity()).isTrue();
    }

    private static Committable.Segment segment(long frames, long firstPts, long lastPts) {
        return new Committable.Segment(
                0, 0, "s.mp4", frames, firstPts, lastPts, lastPts + STEP, STEP, INFO, false, null);
    }
}
