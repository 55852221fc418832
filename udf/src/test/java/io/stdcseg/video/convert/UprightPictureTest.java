// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.testing.SyntheticVideo;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class UprightPictureTest {

    /** Clockwise the bottom left becomes the top left, in each plane. */
    @Test
    void turnsEachPlane() {
        StreamInfo info = SyntheticVideo.info(4, 2, 90);
        UprightPicture upright = new UprightPicture(info);
        ByteBuffer coded = ByteBuffer.allocateDirect(info.yuvBytes() + 1).position(1);
        coded.put(1, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 21, 22});

        byte[] turned = new byte[info.yuvBytes()];
        upright.turn(coded).get(0, turned);

        assertThat(turned).containsExactly(5, 1, 6, 2, 7, 3, 8, 4, 11, 12, 21, 22);
        assertThat(upright.info().width()).isEqualTo(2);
        assertThat(upright.info().height()).isEqualTo(4);
        assertThat(upright.info().rotation()).isZero();
    }
}
