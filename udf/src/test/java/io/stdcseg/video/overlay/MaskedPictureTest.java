// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedPictureTest {

    private static final int GREY = 100;
    private static final int WHITE = 235;

    private final LabelSet labels =
            new LabelSet("one", List.of(new LabelClass("road", 255, 255, 255)), Map.of());

    @Test
    void theMaskAloneHidesThePicture() {
        StreamInfo info = info(8, 8, 0);
        MaskedPicture masked = new MaskedPicture(info, style(View.MASK, false));
        ByteBuffer drawn = masked.draw(grey(info), info, mask(info), null);
        assertThat(drawn.get(0) & 255).isEqualTo(WHITE);
    }

    /** As it is shown the source lies to the left; sides that meet are made even. */
    @ParameterizedTest
    @CsvSource({
        "8, 6, 0, 16, 6, 0, 8, 0",
        "7, 5, 0, 16, 5, 0, 8, 0",
        "8, 6, 180, 16, 6, 8, 0, 0",
        "7, 5, 90, 7, 12, 0, 0, 6",
        "7, 5, 270, 7, 12, 0, 0, -6"
    })
    void theSourceLiesBesideTheOverlay(
            int width,
            int height,
            int rotation,
            int allWidth,
            int allHeight,
            int sx,
            int mx,
            int y) {
        StreamInfo info = info(width, height, rotation);
        MaskedPicture masked = new MaskedPicture(info, style(View.SIDE_BY_SIDE, false));
        ByteBuffer drawn = masked.draw(grey(info), info, mask(info), null);

        StreamInfo all = masked.info();
        assertThat(List.of(all.width(), all.height())).containsExactly(allWidth, allHeight);
        assertThat(luma(drawn, all, sx, Math.max(0, y))).isEqualTo(GREY);
        assertThat(luma(drawn, all, mx, Math.max(0, -y))).isEqualTo(WHITE);
        for (int at = allWidth * allHeight; at < all.yuvBytes(); at++) {
            assertThat(drawn.get(at) & 255).as("chroma").isIn(GREY, 128);
        }
    }

    /** Where a viewer sees the lower edge, whichever edge of the coded picture that is. */
    @ParameterizedTest
    @ValueSource(ints = {0, 90, 180, 270})
    void theLegendLiesAtTheLowerEdge(int rotation) {
        StreamInfo info = info(96, 128, rotation);
        MaskedPicture masked = new MaskedPicture(info, style(View.OVERLAY, true));
        ByteBuffer drawn = masked.draw(grey(info), info, mask(info), "frame 7");

        assertThat(shown(drawn, info, 0, 0)).isEqualTo(WHITE);
        int right = info.displayWidth() - 1;
        int lower = info.displayHeight() - 1;
        assertThat(shown(drawn, info, right, lower)).isLessThan(WHITE / 2);
        Legend legend = new Legend(labels, right + 1, lower + 1, true);
        assertThat(shown(drawn, info, right, legend.bandTop())).isLessThan(WHITE / 2);
        assertThat(shown(drawn, info, right, legend.bandTop() - 1)).isEqualTo(WHITE);
        int letters = 0;
        for (int y = legend.statusTop(); y < legend.statusTop() + 10; y++) {
            for (int x = legend.statusLeft(); x < legend.statusLeft() + 35; x++) {
                letters += shown(drawn, info, x, y) > WHITE / 2 + 30 ? 1 : 0;
            }
        }
        assertThat(letters).isBetween(20, 175);
    }

    /** Samples at the edges of an odd picture are covered as all others are. */
    @Test
    void chromaOfOddPicturesIsCovered() {
        StreamInfo info = info(97, 129, 0);
        MaskedPicture masked = new MaskedPicture(info, style(View.OVERLAY, true));
        ByteBuffer drawn = masked.draw(grey(info), info, mask(info), "");
        int last = info.yuvBytes() - 1;
        assertThat(drawn.get(last)).isEqualTo(drawn.get(last - 3)).isEqualTo(drawn.get(last - 49));
    }

    @Test
    void manyClassesLeaveHalfOfASmallPicture() {
        Legend legend = new Legend(LabelSet.of("cityscapes"), 160, 120, true);
        assertThat(legend.bandTop()).isGreaterThanOrEqualTo(58);
    }

    @Test
    void theLegendShowsEachClassInItsColour() {
        int width = 320;
        int height = 180;
        ByteBuffer rgb = ByteBuffer.allocate(3 * width * height);
        new Legend(LabelSet.of("camvid"), width, height, false).drawRgb(rgb);
        for (LabelClass c : LabelSet.of("camvid").classes()) {
            boolean found = false;
            for (int at = 0; at < rgb.capacity(); at += 3) {
                found |=
                        (rgb.get(at) & 255) == c.red()
                                && (rgb.get(at + 1) & 255) == c.green()
                                && (rgb.get(at + 2) & 255) == c.blue();
            }
            assertThat(found).as(c.name()).isTrue();
        }
    }

    private OverlayStyle style(View view, boolean legend) {
        return new OverlayStyle(labels, 1, view, legend);
    }

    private static int luma(ByteBuffer yuv, StreamInfo info, int x, int y) {
        return yuv.get(y * info.width() + x) & 255;
    }

    private static int shown(ByteBuffer yuv, StreamInfo info, int x, int y) {
        int w = info.width();
        int h = info.height();
        return switch (info.rotation()) {
            case 90 -> luma(yuv, info, y, h - 1 - x);
            case 180 -> luma(yuv, info, w - 1 - x, h - 1 - y);
            case 270 -> luma(yuv, info, w - 1 - y, x);
            default -> luma(yuv, info, x, y);
        };
    }

    private static ByteBuffer grey(StreamInfo info) {
        ByteBuffer yuv = ByteBuffer.allocateDirect(info.yuvBytes());
        for (int i = 0; i < yuv.capacity(); i++) {
            yuv.put(i, (byte) GREY);
        }
        return yuv;
    }

    private static ByteBuffer mask(StreamInfo info) {
        return ByteBuffer.allocate(info.maskBytes());
    }

    private static StreamInfo info(int width, int height, int rotation) {
        return new StreamInfo(
                "v",
                "memory",
                width,
                height,
                rotation,
                new Rational(1, 25),
                new Rational(25, 1),
                new Rational(1, 1),
                ColorMetadata.UNSPECIFIED);
    }
}
