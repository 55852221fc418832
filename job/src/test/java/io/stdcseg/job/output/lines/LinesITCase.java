// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.video.MaskedVideoITCase;
import io.stdcseg.job.source.VideoSource;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.job.testing.ConstantMasks;
import io.stdcseg.job.testing.FakeDecoder;
import io.stdcseg.job.testing.GatedDecoder;
import io.stdcseg.job.testing.Streams;
import io.stdcseg.testing.CountingAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line for each frame, through checkpoints and a failure, on a local cluster. */
@Timeout(60)
class LinesITCase {

    private static final int FRAMES = 40;
    private static final CountingAllocator MEMORY = new CountingAllocator();

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private Path dir;

    @BeforeEach
    void nothingHasFailed() {
        ConstantMasks.reset();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 17, FRAMES - 1})
    void everyLineIsThereOnceAfterAFailure(long failAt) throws Exception {
        Path scores = Files.createDirectories(dir.resolve("scores"));
        Files.writeString(scores.resolve("scores-000007-0000000a.jsonl"), "of an earlier run\n");

        StreamExecutionEnvironment env = MaskedVideoITCase.environment(true);
        build(env, failAt);
        env.execute();

        assertThat(ConstantMasks.failed()).isTrue();
        List<String> expected = new ArrayList<>();
        for (String stream : List.of("a", "b", "c")) {
            for (int i = 0; i < FRAMES; i++) {
                expected.add("\"" + stream + "#" + i + "\"");
            }
        }
        assertThat(lines(scores)).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void build(StreamExecutionEnvironment env, long failAt) {
        SourceSpec spec =
                new SourceSpec(
                        Stream.of("a", "b", "c").map(Streams::video).toList(),
                        ReadOptions.defaults());
        VideoSource source =
                new VideoSource(
                        spec,
                        6,
                        () -> MEMORY,
                        (split, onError) ->
                                new GatedDecoder(
                                        new FakeDecoder(split.stream().name(), FRAMES, Set.of()),
                                        8));
        DataStream<FrameElement> frames =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "frames");
        frames.transform("segment", frames.getType(), new ConstantMasks(1, failAt))
                .flatMap(new Name())
                .transform("write", Types.VOID, writer())
                .forceNonParallel();
    }

    private LinesWriter<String> writer() {
        OutputFolder output = OutputFolder.of(dir);
        return new LinesWriter<>(output, output.scores(), name -> name);
    }

    /** All lines; there must be no other file. */
    private static List<String> lines(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(file.getFileName().toString()).matches("scores-\\d{6}-\\w{8}\\.jsonl");
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    /** The name of each frame; gives its pixels back. */
    private static final class Name implements FlatMapFunction<FrameElement, String> {

        @Override
        public void flatMap(FrameElement element, Collector<String> out) {
            if (element instanceof SegmentedFrame frame) {
                try (frame) {
                    out.collect(frame.frame().toString());
                }
            }
        }
    }
}
