// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.Mask;
import io.stdcseg.frame.PooledBuffer;
import io.stdcseg.frame.Rational;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import io.stdcseg.video.Container;
import io.stdcseg.video.NativeMemory;
import io.stdcseg.video.decode.VideoDecoder;
import io.stdcseg.video.encode.VideoFormat;
import io.stdcseg.video.overlay.OverlayStyle;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks are drawn at their place, however large the video is and however it is turned. */
class OverlaySegmentsTest {

    private static final int WIDTH = 128;
    private static final int HEIGHT = 96;
    private static final int GREY = 128;

    @TempDir Path dir;

    private final BufferPool pool = new BufferPool(2, new NativeMemory());

    @Test
    void drawsOverASmallerPicture() throws Exception {
        VideoFormat format = VideoFormat.of(null, Container.MP4, 90, HEIGHT / 2);
        Picture picture = write(info(0), format);
        assertThat(picture.info.width()).isEqualTo(WIDTH / 2);
        assertThat(picture.info.height()).isEqualTo(HEIGHT / 2);
        assertThat(picture.luma(WIDTH / 2 - 4, 4)).as("no class").isCloseTo(GREY, within(3));
        assertThat(picture.luma(4, 4)).as("a class").isCloseTo(GREY / 2 + 16 / 2, within(3));
        assertThat(picture.luma(4, HEIGHT / 2 - 4)).as("no class").isCloseTo(GREY, within(3));
    }

    @Test
    void neverEnlarges() throws Exception {
        VideoFormat format = VideoFormat.of(null, Container.MP4, 90, HEIGHT + 2);
        assertThat(write(info(0), format).info.height()).isEqualTo(HEIGHT);
    }

    /** Rows are those of the picture as it is shown: 128 of a coded one with 96. */
    @Test
    void turnsASmallerPictureUprightForATransportStream() throws Exception {
        VideoFormat format = VideoFormat.of(null, Container.TS, 90, WIDTH / 2);
        Picture picture = write(info(90), format);
        assertThat(picture.info.width()).isEqualTo(HEIGHT / 2);
        assertThat(picture.info.height()).isEqualTo(WIDTH / 2);
        assertThat(picture.info.rotation()).isZero();
        assertThat(picture.luma(4, 4)).as("a class").isCloseTo(GREY / 2 + 16 / 2, within(3));
        assertThat(picture.luma(HEIGHT / 2 - 4, 4)).as("no class").isCloseTo(GREY, within(3));
        assertThat(picture.luma(4, WIDTH / 2 - 4)).as("no class").isCloseTo(GREY, within(3));
    }

    private static StreamInfo info(int rotation) {
        return new StreamInfo(
                "a",
                "memory",
                WIDTH,
                HEIGHT,
                rotation,
                new Rational(1, 25),
                new Rational(25, 1),
                new Rational(1, 1),
                ColorMetadata.UNSPECIFIED);
    }

    /** A grey picture whose upper left quarter, as it is shown, is of a class that is black. */
    private Picture write(StreamInfo info, VideoFormat format) throws Exception {
        PooledBuffer pixels = pool.poll(info.rgbBytes() + info.yuvBytes());
        for (int i = 0; i < info.yuvBytes(); i++) {
            pixels.bytes().put(info.rgbBytes() + i, (byte) GREY);
        }
        PooledBuffer ids = pool.poll(info.maskBytes());
        int columns = info.displayWidth();
        int rows = info.displayHeight();
        for (int i = 0; i < info.maskBytes(); i++) {
            boolean corner = i % columns < columns / 2 && i / columns < rows / 2;
            ids.bytes().put(i, (byte) (corner ? 0 : LabelSet.IGNORE));
        }
        SegmentFormat overlays = new OverlaySegments(new OverlayStyle(black(), 0.5), format);
        Path segment = dir.resolve("segment");
        SegmentFormat.SegmentFile file = overlays.create(segment, info);
        try (SegmentedFrame frame =
                new SegmentedFrame(
                        new Frame(info, 0, 0, 0, 1, null, 0, pixels),
                        new Mask(columns, rows, ids),
                        1)) {
            file.add(frame);
            assertThat(frame.mask().ids().get(0)).as("the mask itself").isZero();
        }
        file.close();
        Path video = dir.resolve("a." + overlays.ending());
        overlays.join(List.of(segment), info, null, video, dir.resolve("part"));
        try (VideoDecoder decoder = VideoDecoder.open("a", video)) {
            assertThat(decoder.advance()).isTrue();
            ByteBuffer yuv = ByteBuffer.allocateDirect(decoder.info().yuvBytes());
            decoder.writeYuv(yuv);
            return new Picture(decoder.info(), yuv);
        }
    }

    private static LabelSet black() {
        return new LabelSet("black", List.of(new LabelClass("road", 0, 0, 0)), Map.of());
    }

    private record Picture(StreamInfo info, ByteBuffer yuv) {

        int luma(int x, int y) {
            return yuv.get(y * info.width() + x) & 0xff;
        }
    }
}
