// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.MotionField;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.testing.SyntheticVideo;
import io.stdcseg.video.VideoCodec;
import io.stdcseg.video.encode.SegmentEncoder;
import io.stdcseg.video.encode.VideoFormat;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MotionVectorsTest {

    private static final int PICTURES = 8;

    /** Of the picture's content, from one picture to the next. */
    private static final int RIGHT = 6;

    private static final int DOWN = -2;

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"H264", "MPEG4"})
    void theMotionOfAPanIsThatOfMostBlocks(VideoCodec codec) {
        List<MotionField> fields = motion(pan(codec, 0), true);

        assertThat(fields).hasSize(PICTURES);
        assertThat(fields.get(0)).isNull();
        for (MotionField field : fields.subList(1, PICTURES)) {
            assertThat(field.columns()).isEqualTo(24);
            assertThat(field.rows()).isEqualTo(16);
            assertThat(shareOf(field, RIGHT, DOWN)).isGreaterThan(0.7);
        }
    }

    @ParameterizedTest
    @CsvSource({"90, 2, 6", "180, -6, 2", "270, -2, -6"})
    void isThatOfTheUprightPicture(int rotation, int right, int down) {
        List<MotionField> fields = motion(pan(VideoCodec.H264, rotation), true);

        assertThat(fields.get(4).columns()).isEqualTo(rotation == 180 ? 24 : 16);
        assertThat(shareOf(fields.get(4), right, down)).isGreaterThan(0.7);
    }

    @Test
    void aCodecWithoutVectorsHasNoMotion() {
        assertThat(motion(pan(VideoCodec.VP8, 0), true)).containsOnlyNulls();
    }

    @Test
    void whoDoesNotAskIsToldNothing() {
        assertThat(motion(pan(VideoCodec.MPEG4, 0), false)).containsOnlyNulls();
    }

    private static double shareOf(MotionField field, int right, int down) {
        short[] moves = field.moves();
        long moved =
                IntStream.range(0, moves.length / 2)
                        .filter(i -> moves[2 * i] == right && moves[2 * i + 1] == down)
                        .count();
        return moved / (moves.length / 2.0);
    }

    private static List<MotionField> motion(Path file, boolean asked) {
        List<MotionField> fields = new ArrayList<>();
        VideoDecoder.Options options = VideoDecoder.Options.DEFAULT.withMotion(asked);
        try (VideoDecoder video = VideoDecoder.open("pan", file, options)) {
            while (video.advance()) {
                fields.add(video.motion());
            }
        }
        return fields;
    }

    private Path pan(VideoCodec codec, int rotation) {
        StreamInfo info = SyntheticVideo.info(192, 128, rotation);
        Path file = folder.resolve("pan.mkv");
        VideoFormat format = VideoFormat.of(codec, null, 80, null);
        try (SegmentEncoder encoder =
                new SegmentEncoder(file, info, SegmentEncoder.Options.DEFAULT.withFormat(format))) {
            for (int i = 0; i < PICTURES; i++) {
                encoder.encode(texture(info, i), 3000L * i, 3000);
            }
        }
        return file;
    }

    /** Something that is like itself nowhere near. */
    private static ByteBuffer texture(StreamInfo info, int index) {
        ByteBuffer yuv = ByteBuffer.allocateDirect(info.yuvBytes());
        for (int y = 0; y < info.height(); y++) {
            for (int x = 0; x < info.width(); x++) {
                double u = (x - RIGHT * index) / 9.0;
                double v = (y - DOWN * index) / 7.0;
                double wave = Math.sin(u + Math.sin(0.31 * v)) * Math.cos(v + Math.sin(0.23 * u));
                yuv.put((byte) (128 + 90 * wave));
            }
        }
        while (yuv.hasRemaining()) {
            yuv.put((byte) 128);
        }
        return yuv.flip();
    }
}
