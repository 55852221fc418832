// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.commit.CommittableSerializer;
import io.stdcseg.job.output.mask.MaskWriter;
import io.stdcseg.job.output.mask.MaskWriter.MaskIds;
import io.stdcseg.job.source.VideoSource;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.job.source.reader.FrameDecoder;
import io.stdcseg.job.testing.ConstantMasks;
import io.stdcseg.job.testing.FakeDecoder;
import io.stdcseg.job.testing.GatedDecoder;
import io.stdcseg.job.testing.Streams;
import io.stdcseg.job.testing.TextSegments;
import io.stdcseg.label.LabelSet;
import io.stdcseg.testing.CountingAllocator;
import io.stdcseg.video.track.TrackSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From source to published video on a local cluster. */
@Timeout(60)
public class MaskedVideoITCase {

    private static final int FRAMES = 40;
    private static final CountingAllocator MEMORY = new CountingAllocator();

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir Path dir;

    @BeforeEach
    void nothingHasFailed() {
        ConstantMasks.reset();
    }

    @AfterEach
    void allPixelsAreFree() {
        assertThat(MEMORY.freed()).isEqualTo(MEMORY.allocated());
    }

    @Test
    void joinsTheSegmentsOfManyCheckpoints() throws Exception {
        run(spec("a", "b", "c"), gated(), -1, true);

        assertThat(videos()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 17, FRAMES - 1})
    void aFailureLeavesNoGapAndNoDuplicate(long failAt) throws Exception {
        run(spec("a", "b", "c"), gated(), failAt, true);

        assertThat(ConstantMasks.failed()).isTrue();
        assertThat(videos()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aFailureToPublishIsMadeUpForAfterARestart() throws Exception {
        FailingOnce.reset();
        StreamExecutionEnvironment env = environment(true);
        VideoSource source = new VideoSource(spec("a", "b"), 6, () -> MEMORY, plain());
        build(env, source, OutputFolder.of(dir), new FailingOnce(), -1);

        env.execute();

        assertThat(FailingOnce.FAILED).isTrue();
        assertThat(videos()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void publishesWithoutCheckpoints() throws Exception {
        run(spec("a", "b", "c"), plain(), -1, false);

        assertThat(videos()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void writesAMaskPerFrame() throws Exception {
        run(spec("a"), plain(), -1, true);

        try (Stream<Path> masks = Files.list(dir.resolve("masks/a"))) {
            assertThat(masks).hasSize(FRAMES);
        }
    }

    @Test
    void badInputEndsTheJobWithoutRestart() throws Exception {
        FrameDecoder.Factory damaged =
                (split, onError) -> new FakeDecoder(split.stream().name(), FRAMES, Set.of(9));

        ReadOptions strict = ReadOptions.defaults().onError(OnError.FAIL);
        SourceSpec spec = new SourceSpec(List.of(Streams.video("a")), strict);
        assertThatThrownBy(() -> run(spec, damaged, -1, true))
                .matches(e -> InputException.in(e) != null)
                .hasRootCauseMessage("picture 9 of a is damaged");
        try (Stream<Path> left = Files.list(dir)) {
            assertThat(left)
                    .allMatch(
                            file ->
                                    file.getFileName().toString().startsWith(".staging-")
                                            || file.endsWith(".claim")
                                            || file.endsWith("masks"));
        }
    }

    @Test
    void skippedSourcesPublishNothing() throws Exception {
        SourceSpec spec =
                new SourceSpec(
                        List.of(
                                Streams.unreadable("gone", "it is gone"),
                                Streams.video("a"),
                                Streams.video("broken")),
                        ReadOptions.defaults().onError(OnError.SKIP));
        FrameDecoder.Factory decoders =
                (split, onError) -> {
                    if (split.stream().name().equals("broken")) {
                        throw new InputException("video broken is empty");
                    }
                    return new FakeDecoder(split.stream().name(), FRAMES, Set.of());
                };

        run(spec, decoders, -1, true);

        assertThat(videos()).containsExactly("a");
    }

    private static SourceSpec spec(String... names) {
        return new SourceSpec(
                Stream.of(names).map(Streams::video).toList(), ReadOptions.defaults());
    }

    private static FrameDecoder.Factory plain() {
        return (split, onError) -> new FakeDecoder(split.stream().name(), FRAMES, Set.of());
    }

    private static FrameDecoder.Factory gated() {
        return (split, onError) ->
                new GatedDecoder(new FakeDecoder(split.stream().name(), FRAMES, Set.of()), 8);
    }

    private void run(
            SourceSpec spec, FrameDecoder.Factory decoders, long failAt, boolean checkpoints)
            throws Exception {
        StreamExecutionEnvironment env = environment(checkpoints);
        VideoSource source = new VideoSource(spec, 6, () -> MEMORY, decoders);
        build(env, source, OutputFolder.of(dir), new TextSegments(), failAt);
        assertThat(env.getStreamGraph(false).getJobGraph().getNumberOfVertices()).isEqualTo(2);
        env.execute();
    }

    public static StreamExecutionEnvironment environment(boolean checkpoints) {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        // As the job has it.
        configuration.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG, Duration.ZERO);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.getConfig().enableObjectReuse();
        env.setParallelism(2);
        if (checkpoints) {
            env.enableCheckpointing(20);
        }
        return env;
    }

    public static void build(
            StreamExecutionEnvironment env,
            VideoSource source,
            OutputFolder folder,
            SegmentFormat format,
            long failAt) {
        DataStream<FrameElement> frames =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "frames");
        frames.transform("segment", frames.getType(), new ConstantMasks(1, failAt))
                .transform(
                        "masks",
                        frames.getType(),
                        new MaskWriter(folder, MaskIds.TRAIN, LabelSet.of("camvid")))
                .transform("write", CommittableSerializer.TYPE, SegmentWriter.video(folder, format))
                .transform("publish", Types.VOID, new SegmentCommitter(folder, format, false))
                .forceNonParallel();
    }

    /** Names of the published videos; each must hold every frame once, nothing else be left. */
    private List<String> videos() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("masks")) {
                    assertThat(name).endsWith(".masked.mp4");
                    names.add(name.substring(0, name.indexOf('.')));
                    assertThat(file).hasContent(wholeVideo(names.get(names.size() - 1)));
                }
            }
        }
        return names;
    }

    private static String wholeVideo(String name) {
        StringBuilder lines = new StringBuilder("audio /videos/" + name + ".mp4\n");
        for (int i = 0; i < FRAMES; i++) {
            lines.append(i + " " + FakeDecoder.pts(i) + " " + i + "\n");
        }
        return lines.toString();
    }

    /** Cannot join at first, when everything before the committer has finished. */
    private static final class FailingOnce implements SegmentFormat {

        private static final AtomicBoolean FAILED = new AtomicBoolean();

        private final SegmentFormat text = new TextSegments();

        static void reset() {
            FAILED.set(false);
        }

        @Override
        public String ending() {
            return text.ending();
        }

        @Override
        public SegmentFile create(Path file, StreamInfo info) throws IOException {
            return text.create(file, info);
        }

        @Override
        public void join(
                List<Path> segments,
                StreamInfo info,
                TrackSource audio,
                Path output,
                Path temporary)
                throws IOException {
            if (FAILED.compareAndSet(false, true)) {
                throw new IOException("no space left");
            }
            text.join(segments, info, audio, output, temporary);
        }
    }
}
