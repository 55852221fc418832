// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.video.MaskedVideoITCase;
import io.stdcseg.job.output.video.OverlaySegments;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.job.source.reader.FileDecoders;
import io.stdcseg.job.source.reader.FrameDecoder;
import io.stdcseg.job.testing.Clips;
import io.stdcseg.job.testing.ConstantMasks;
import io.stdcseg.job.testing.GatedDecoder;
import io.stdcseg.label.LabelSet;
import io.stdcseg.label.MaskFiles;
import io.stdcseg.testing.SharedData;
import io.stdcseg.video.NativeMemory;
import io.stdcseg.video.decode.VideoDecoder;
import io.stdcseg.video.overlay.OverlayStyle;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Real decoding and encoding on a local cluster, with constant masks in the network's place. */
@Timeout(120)
class RealVideoITCase {

    private static final int FRAMES = 40;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir Path dir;

    private Path out;

    @BeforeEach
    void start() {
        ConstantMasks.reset();
        out = dir.resolve("out");
    }

    @Test
    void theMaskedVideoHasEveryFrameAtItsTime() throws Exception {
        Path clip = dir.resolve("clip.mp4");
        Clips.write(clip, FRAMES);

        run(ReadOptions.defaults(), 23, clip);

        assertThat(ConstantMasks.failed()).isTrue();
        assertThat(times(out.resolve("clip.masked.mp4")))
                .isEqualTo(IntStream.range(0, FRAMES).mapToObj(n -> millis(n)).toList());
        assertThat(names(out)).containsExactly("clip.masked.mp4", "masks");
        assertThat(names(out.resolve("masks/clip"))).hasSize(FRAMES);
    }

    @Test
    void theClassesColourLiesOverTheVideo() throws Exception {
        Path clip = dir.resolve("clip.mp4");
        Clips.write(clip, 3);

        run(ReadOptions.defaults(), -1, clip);

        ByteBuffer rgb = ByteBuffer.allocateDirect(3 * Clips.WIDTH * Clips.HEIGHT);
        try (VideoDecoder video = VideoDecoder.open("v", out.resolve("clip.masked.mp4"))) {
            assertThat(video.advance()).isTrue();
            video.writeRgb(rgb);
        }
        // Class 1 of Cityscapes, the pavement, is pink.
        int middle = 3 * (Clips.HEIGHT / 2 * Clips.WIDTH + Clips.WIDTH / 2);
        int red = rgb.get(middle) & 0xff;
        int green = rgb.get(middle + 1) & 0xff;
        assertThat(red).isGreaterThan(green + 60);
    }

    @Test
    void aPartOfAVideoKeepsItsTimesAndNumbers() throws Exception {
        Path clip = dir.resolve("clip.mp4");
        Clips.write(clip, FRAMES);

        run(ReadOptions.defaults().between(0.5, 1.5).everyNth(2), -1, clip);

        List<Integer> wanted =
                IntStream.range(0, FRAMES)
                        .filter(n -> n % 2 == 0 && Clips.pts(n) >= 500 && Clips.pts(n) < 1500)
                        .boxed()
                        .toList();
        assertThat(times(out.resolve("clip.masked.mp4")))
                .isEqualTo(wanted.stream().map(n -> millis(n)).toList());
        assertThat(names(out.resolve("masks/clip")))
                .isEqualTo(
                        wanted.stream()
                                .map(n -> String.format(Locale.ROOT, "%06d.png", n))
                                .toList());
    }

    @Test
    void aFolderOfPicturesBecomesAVideo() throws Exception {
        Path pictures = Files.createDirectories(dir.resolve("pics"));
        ByteBuffer rgb = ByteBuffer.allocate(3 * 64 * 48);
        for (int n = 0; n < 5; n++) {
            MaskFiles.writeRgb(pictures.resolve("p" + n * 4 + ".png"), 64, 48, rgb);
        }

        run(ReadOptions.defaults(), 2, pictures);

        assertThat(times(out.resolve("pics.masked.mp4"))).hasSize(5);
        assertThat(names(out.resolve("masks/pics"))).hasSize(5);
    }

    @Test
    void aVideoThatIsCutOffFailsOrIsSkippedAsAsked() throws Exception {
        Path clip = dir.resolve("clip.mp4");
        Clips.write(clip, FRAMES);
        try (RandomAccessFile file = new RandomAccessFile(clip.toFile(), "rw")) {
            file.setLength(10);
        }

        assertThatThrownBy(() -> run(ReadOptions.defaults(), -1, clip))
                .satisfies(e -> assertThat(InputException.in(e)).hasMessageContaining("clip.mp4"));
        assertThat(out.resolve("clip.masked.mp4")).doesNotExist();

        run(ReadOptions.defaults().onError(OnError.SKIP), -1, clip);
        assertThat(out.resolve("clip.masked.mp4")).doesNotExist();
    }

    @Test
    void aRealDriveKeepsItsFramesAndTimes() throws Exception {
        Path drive = SharedData.require("videos/road/motorway_720p.mp4");

        run(ReadOptions.defaults(), 40, drive);

        assertThat(times(out.resolve("motorway_720p.masked.mp4")))
                .hasSize(88)
                .isEqualTo(times(drive));
    }

    private void run(ReadOptions options, long failAt, Path source) throws Exception {
        StreamExecutionEnvironment env = MaskedVideoITCase.environment(true);
        SourceSpec spec = SourceSpec.plan(List.of(source.toString()), options);
        FrameDecoder.Factory decoders =
                (split, onError) -> new GatedDecoder(new FileDecoders().open(split, onError), 10);
        MaskedVideoITCase.build(
                env,
                new VideoSource(spec, 6, NativeMemory::new, decoders),
                OutputFolder.of(out),
                new OverlaySegments(new OverlayStyle(LabelSet.of("cityscapes"), 0.5)),
                failAt);
        env.execute();
    }

    private static String millis(int number) {
        return String.format(Locale.ROOT, "%.3f", Clips.pts(number) / 1000.0);
    }

    private static List<String> times(Path file) {
        List<String> times = new ArrayList<>();
        try (VideoDecoder video = VideoDecoder.open("video", file)) {
            while (video.advance()) {
                times.add(String.format(Locale.ROOT, "%.3f", video.info().seconds(video.pts())));
            }
        }
        return times;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
