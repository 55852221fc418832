// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.video.MaskedVideoITCase;
import io.stdcseg.job.output.video.OverlaySegments;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.job.source.reader.FileDecoders;
import io.stdcseg.job.source.reader.FrameDecoder;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.job.testing.Clips;
import io.stdcseg.job.testing.ConstantMasks;
import io.stdcseg.job.testing.GatedDecoder;
import io.stdcseg.label.LabelSet;
import io.stdcseg.video.NativeMemory;
import io.stdcseg.video.decode.VideoDecoder;
import io.stdcseg.video.decode.VideoRange;
import io.stdcseg.video.overlay.OverlayStyle;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One long file, cut into ranges that several slots decode at once. */
@Timeout(120)
class RangesITCase {

    private static final int FRAMES = 240;
    private static final double LUMA_TOLERANCE = 4;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir Path dir;

    private Path clip;

    @BeforeEach
    void writeClip() {
        ConstantMasks.reset();
        clip = dir.resolve("clip.mp4");
        Clips.write(clip, FRAMES);
    }

    @ParameterizedTest
    @CsvSource({"1, -1", "2, -1", "4, -1", "4, 0", "3, 100", "2, 239"})
    void severalSlotsGiveWhatOneGives(int parallelism, long failAt) throws Exception {
        Path out = dir.resolve("out");

        run(ReadOptions.defaults(), parallelism, failAt, out);

        assertThat(ConstantMasks.failed()).isEqualTo(failAt >= 0);
        assertWhole(out, IntStream.range(0, FRAMES));
    }

    @Test
    void aStretchIsCutToo() throws Exception {
        Path out = dir.resolve("out");

        run(ReadOptions.defaults().between(1, 9).everyNth(3).atMost(40), 3, 90, out);

        assertWhole(
                out,
                IntStream.range(0, FRAMES)
                        .filter(n -> n % 3 == 0 && Clips.pts(n) >= 1000)
                        .limit(40));
    }

    /** Every frame once, in order, at its time, with its own picture and its own number. */
    private void assertWhole(Path out, IntStream wanted) throws Exception {
        List<Integer> numbers = wanted.boxed().toList();
        try (Stream<Path> masks = Files.list(out.resolve("masks/clip"))) {
            assertThat(masks.map(mask -> mask.getFileName().toString()).sorted())
                    .isEqualTo(
                            numbers.stream()
                                    .map(n -> String.format(Locale.ROOT, "%06d.png", n))
                                    .toList());
        }
        List<Shown> source = shown(clip);
        List<Shown> masked = shown(out.resolve("clip.masked.mp4"));
        assertThat(masked).hasSameSizeAs(numbers);
        // A flat overlay of half its strength halves what pictures differ by.
        double offset = masked.get(0).luma() - source.get(numbers.get(0)).luma() / 2;
        for (int i = 0; i < masked.size(); i++) {
            Shown expected = source.get(numbers.get(i));
            assertThat(masked.get(i).millis()).isEqualTo(expected.millis());
            assertThat(masked.get(i).luma() - offset)
                    .as("luma of frame %d", numbers.get(i))
                    .isCloseTo(expected.luma() / 2, Offset.offset(LUMA_TOLERANCE));
        }
    }

    private record Shown(long millis, double luma) {}

    private static List<Shown> shown(Path file) {
        List<Shown> shown = new ArrayList<>();
        ByteBuffer yuv = null;
        try (VideoDecoder video = VideoDecoder.open("v", file)) {
            yuv = ByteBuffer.allocateDirect(video.info().yuvBytes());
            while (video.advance()) {
                video.writeYuv(yuv);
                shown.add(
                        new Shown(
                                Math.round(1000 * video.info().seconds(video.pts())),
                                yuv.get(Clips.WIDTH * Clips.HEIGHT / 2) & 0xff));
            }
        }
        return shown;
    }

    private void run(ReadOptions options, int parallelism, long failAt, Path out) throws Exception {
        StreamExecutionEnvironment env = MaskedVideoITCase.environment(true);
        env.setParallelism(parallelism);
        ReadOptions cut = options.inRangesOf(Duration.ofSeconds(2));
        SourceSpec spec = SourceSpec.plan(List.of(clip.toString()), cut);
        MaskedVideoITCase.build(
                env,
                new VideoSource(spec, 6, NativeMemory::new, new GatedFiles()),
                OutputFolder.of(out),
                new OverlaySegments(new OverlayStyle(LabelSet.of("cityscapes"), 0.5)),
                failAt);
        env.execute();
    }

    /** Real decoders that wait for checkpoints now and then. */
    private static final class GatedFiles implements FrameDecoder.Factory {

        private static final long serialVersionUID = 1L;

        private final FileDecoders files = new FileDecoders();

        @Override
        public FrameDecoder open(VideoSplit split, OnError onError) {
            return new GatedDecoder(files.open(split, onError), 25);
        }

        @Override
        public List<VideoRange> ranges(PlannedStream stream, ReadOptions options) {
            List<VideoRange> ranges = files.ranges(stream, options);
            assertThat(ranges).hasSizeGreaterThan(1);
            return ranges;
        }
    }
}
