// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayTest {

    private static final byte NONE = (byte) LabelSet.IGNORE;

    private final LabelSet labels =
            new LabelSet(
                    "two",
                    List.of(
                            new LabelClass("red", 255, 0, 0),
                            new LabelClass("white", 255, 255, 255)),
                    Map.of());

    /** Expected codes of red: ITU-R BT.601 and BT.709, narrow and full range. */
    @ParameterizedTest
    @CsvSource({"6, false, 81, 90, 240", "1, false, 63, 102, 240", "6, true, 76, 85, 255"})
    void hidesThePictureAtFullOpacity(int matrix, boolean full, int y, int u, int v) {
        StreamInfo info = info(4, 4, 0, new ColorMetadata(2, 2, matrix, full));
        ByteBuffer yuv = filled(info, 128);
        new Overlay(labels, 1).draw(yuv, info, mask(info, (byte) 0));
        assertThat(at(yuv, 0)).isEqualTo(y);
        assertThat(at(yuv, 15)).isEqualTo(y);
        assertThat(at(yuv, 16)).isEqualTo(u);
        assertThat(at(yuv, 20)).isEqualTo(v);
    }

    @Test
    void takesTheMatrixOfUntaggedPicturesFromTheirSize() {
        StreamInfo large = info(1280, 4, 0, ColorMetadata.UNSPECIFIED);
        ByteBuffer yuv = filled(large, 128);
        new Overlay(labels, 1).draw(yuv, large, mask(large, (byte) 0));
        assertThat(at(yuv, 0)).isEqualTo(63);
    }

    @Test
    void mixesByOpacity() {
        StreamInfo info = info(4, 4, 0, ColorMetadata.UNSPECIFIED);
        ByteBuffer yuv = filled(info, 35);
        new Overlay(labels, 0.25).draw(yuv, info, mask(info, (byte) 1));
        assertThat(at(yuv, 5)).isEqualTo(85);
        assertThat(at(yuv, 16)).isEqualTo(58);
    }

    @Test
    void leavesIdsWithoutAClassAlone() {
        StreamInfo info = info(5, 3, 0, ColorMetadata.UNSPECIFIED);
        for (byte id : new byte[] {NONE, 2, 100}) {
            ByteBuffer yuv = filled(info, 77);
            new Overlay(labels, 1).draw(yuv, info, mask(info, id));
            assertThat(yuv).isEqualTo(filled(info, 77));
        }
    }

    @Test
    void drawsNothingWithoutOpacity() {
        StreamInfo info = info(4, 4, 0, ColorMetadata.UNSPECIFIED);
        ByteBuffer yuv = filled(info, 77);
        new Overlay(labels, 0).draw(yuv, info, mask(info, (byte) 0));
        assertThat(yuv).isEqualTo(filled(info, 77));
    }

    /** The mask's upper left pixel is shown upper left: find it in the coded picture. */
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "90, 0, 3", "180, 5, 3", "270, 5, 0"})
    void followsTheRotation(int rotation, int x, int y) {
        StreamInfo info = info(6, 4, rotation, ColorMetadata.UNSPECIFIED);
        ByteBuffer mask = mask(info, NONE);
        mask.put(0, (byte) 1);
        ByteBuffer yuv = filled(info, 16);
        new Overlay(labels, 1).draw(yuv, info, mask);
        for (int i = 0; i < 24; i++) {
            assertThat(at(yuv, i)).isEqualTo(i == y * 6 + x ? 235 : 16);
        }
    }

    @Test
    void averagesChromaWhereClassesMeet() {
        StreamInfo info = info(2, 2, 0, ColorMetadata.UNSPECIFIED);
        ByteBuffer mask = mask(info, (byte) 1);
        mask.put(0, (byte) 0);
        ByteBuffer yuv = filled(info, 128);
        new Overlay(labels, 1).draw(yuv, info, mask);
        assertThat(at(yuv, 4)).isEqualTo((90 + 3 * 128 + 2) / 4);
        assertThat(at(yuv, 5)).isEqualTo((240 + 3 * 128 + 2) / 4);
    }

    /**
     * Against the plain arithmetic: rows that words do and do not fit into, wide and narrow areas.
     */
    @ParameterizedTest
    @CsvSource({"64, 6, 0.5", "37, 5, 0.5", "35, 4, 0.3", "48, 48, 1", "7, 3, 0.75"})
    void drawsEveryPixel(int width, int height, double opacity) {
        StreamInfo info = info(width, height, 0, ColorMetadata.UNSPECIFIED);
        Random random = new Random(width);
        ByteBuffer mask = ByteBuffer.allocateDirect(info.maskBytes());
        for (int i = 0; i < mask.capacity(); i++) {
            boolean border = i % width == 0 || random.nextInt(12) == 0;
            mask.put(i, border ? new byte[] {0, 1, NONE}[random.nextInt(3)] : mask.get(i - 1));
        }
        byte[] before = new byte[info.yuvBytes()];
        random.nextBytes(before);
        ByteBuffer yuv = ByteBuffer.allocateDirect(before.length).put(before).flip();
        new Overlay(labels, opacity).draw(yuv, info, mask);
        double weight = Math.round(opacity * 256) / 256.0;
        byte[] after = new byte[before.length];
        yuv.get(0, after);
        assertThat(after).isEqualTo(plain(before, info, mask, weight));
    }

    private static byte[] plain(byte[] before, StreamInfo info, ByteBuffer mask, double weight) {
        // Red and white in BT.601.
        double[][] colors = {{81.481, 235}, {90.203, 128}, {240, 128}};
        int width = info.width();
        byte[] after = before.clone();
        for (int i = 0; i < mask.capacity(); i++) {
            after[i] = (byte) plain(before[i], mask.get(i), colors[0], weight);
        }
        int chromaWidth = (width + 1) / 2;
        int chromaSize = chromaWidth * ((info.height() + 1) / 2);
        for (int i = 0; i < 2 * chromaSize; i++) {
            int at = mask.capacity() + i;
            int left = 2 * (i % chromaSize % chromaWidth);
            int top = 2 * (i % chromaSize / chromaWidth);
            int sum = 2;
            for (int part = 0; part < 4; part++) {
                int x = Math.min(left + part % 2, width - 1);
                int y = Math.min(top + part / 2, info.height() - 1);
                byte id = mask.get(y * width + x);
                sum += plain(before[at], id, colors[1 + i / chromaSize], weight);
            }
            after[at] = (byte) (sum / 4);
        }
        return after;
    }

    private static int plain(byte sample, byte id, double[] colors, double weight) {
        int value = sample & 0xff;
        return id == NONE ? value : (int) Math.round(value + weight * (colors[id] - value));
    }

    @Test
    void drawsFromThePositionsOn() {
        StreamInfo info = info(4, 2, 0, ColorMetadata.UNSPECIFIED);
        ByteBuffer yuv = ByteBuffer.allocate(info.yuvBytes() + 3).position(3);
        ByteBuffer mask = ByteBuffer.allocate(info.maskBytes() + 2).position(2);
        new Overlay(labels, 1).draw(yuv, info, mask);
        assertThat(yuv.position()).isEqualTo(3);
        assertThat(new int[] {at(yuv, 2), at(yuv, 3)}).containsExactly(0, 81);
    }

    @Test
    void drawsIntoRgb() {
        ByteBuffer rgb = ByteBuffer.allocate(2 * 3);
        ByteBuffer mask = ByteBuffer.wrap(new byte[] {0, NONE});
        new Overlay(labels, 0.5).drawRgb(rgb, 2, 1, mask);
        assertThat(rgb.array()).containsExactly((byte) 128, 0, 0, 0, 0, 0);
    }

    @Test
    void refusesOpacityOutsideOfZeroToOne() {
        for (double opacity : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new Overlay(labels, opacity))
                    .hasMessage("opacity " + opacity + " is not in 0 to 1");
        }
    }

    private static StreamInfo info(int width, int height, int rotation, ColorMetadata color) {
        return new StreamInfo(
                "v",
                "memory",
                width,
                height,
                rotation,
                new Rational(1, 25),
                new Rational(25, 1),
                new Rational(1, 1),
                color);
    }

    private static ByteBuffer filled(StreamInfo info, int value) {
        ByteBuffer buffer = ByteBuffer.allocate(info.yuvBytes());
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (byte) value);
        }
        return buffer;
    }

    private static ByteBuffer mask(StreamInfo info, byte id) {
        ByteBuffer buffer = ByteBuffer.allocate(info.maskBytes());
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, id);
        }
        return buffer;
    }

    private static int at(ByteBuffer buffer, int index) {
        return buffer.get(index) & 0xff;
    }
}
