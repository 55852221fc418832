// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.testing.CountingAllocator;
import io.stdcseg.testing.Planes;
import io.stdcseg.testing.TestFrames;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final StreamInfo INFO = TestFrames.info("clip");

    private final BufferPool pool = new BufferPool(2, new CountingAllocator());

    @Test
    void rgbIsWhatNetworksReadAndYuvLiesBehindIt() {
        PooledBuffer pixels = pool.poll(INFO.rgbBytes() + INFO.yuvBytes());
        pixels.bytes().put(0, (byte) 1).put(INFO.rgbBytes(), (byte) 2);
        try (Frame frame = new Frame(INFO, 0, 0, 0, 1, null, 0, pixels)) {
            assertThat(frame.yuvToRgb()).isNull();
            assertThat(frame.picture()).isEqualTo(frame.rgb());
            assertThat(frame.rgb().get(0)).isEqualTo((byte) 1);
            assertThat(frame.hasYuv()).isTrue();
            assertThat(frame.yuv().get(0)).isEqualTo((byte) 2);
        }
    }

    @Test
    void planesAloneAreBoth() {
        for (int bytes : new int[] {INFO.yuvBytes(), INFO.rgbBytes()}) {
            PooledBuffer pixels = pool.poll(bytes);
            pixels.bytes().put(0, (byte) 3);
            try (Frame frame = planes(pixels)) {
                assertThat(frame.yuvToRgb()).isEqualTo(Planes.VIDEO);
                assertThat(frame.hasYuv()).isTrue();
                assertThat(frame.picture()).isEqualTo(frame.yuv());
                assertThat(frame.yuv().capacity()).isEqualTo(INFO.yuvBytes());
                assertThat(frame.yuv().get(0)).isEqualTo((byte) 3);
                assertThatThrownBy(frame::rgb).hasMessage("frame clip#7 was decoded without RGB");
            }
        }
    }

    @Test
    void aBufferOfAnotherSizeIsRefused() {
        try (PooledBuffer pixels = pool.poll(INFO.yuvBytes())) {
            assertThatThrownBy(() -> new Frame(INFO, 0, 0, 0, 1, null, 0, pixels))
                    .hasMessage(
                            "buffer of 12 bytes for a frame of stream clip; RGB takes 24, YUV"
                                    + " another 12");
        }
        try (PooledBuffer pixels = pool.poll(INFO.yuvBytes() - 1)) {
            assertThatThrownBy(() -> planes(pixels)).hasMessageStartingWith("buffer of 11 bytes");
        }
    }

    private static Frame planes(PooledBuffer pixels) {
        return new Frame(INFO, 0, 7, 0, 1, null, 0, pixels, null, Planes.VIDEO);
    }
}
