// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.engine.PictureSize;
import io.stdcseg.network.InputScale;
import org.junit.jupiter.api.Test;

class ScoreNumbersTest {

    private static final PictureSize CITYSCAPES = new PictureSize(1024, 2048);

    /** 19 x 1024 x 2048 = 39,845,888, of which 53 are 2,111,832,064 and 54 are 2,151,677,952. */
    @Test
    void ofCityscapesThereAre53() {
        assertThat(ScoreNumbers.mostPictures(19, CITYSCAPES, InputScale.by(0.5))).isEqualTo(53);
        assertThat(ScoreNumbers.mostPictures(19, CITYSCAPES, null)).isEqualTo(53);
    }

    /** 19 x 2048 x 4096 = 159,383,552, of which 13 are 2,071,986,176. */
    @Test
    void theLargerOfPictureAndInputCounts() {
        assertThat(ScoreNumbers.mostPictures(19, CITYSCAPES, InputScale.by(2))).isEqualTo(13);
    }

    @Test
    void onePictureIsAlwaysTried() {
        PictureSize huge = new PictureSize(40_000, 40_000);
        assertThat(ScoreNumbers.mostPictures(19, huge, InputScale.by(1))).isEqualTo(1);
    }
}
