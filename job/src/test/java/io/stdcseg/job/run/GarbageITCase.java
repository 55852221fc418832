// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.stdcseg.function.score.ScoreFunction;
import io.stdcseg.function.throughput.ThroughputWindow.FrameTiming;
import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.testing.Clips;
import io.stdcseg.label.MaskFiles;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job, whatever it writes, allocates nothing of a frame's size for each frame: from
 * decoding to mask pictures, with the real network, looked at while it runs.
 *
 * <p>Only threads that touch pixels are looked at: what the others allocate (heartbeats,
 * checkpoints, windows) grows with time, and a busy machine takes long for a frame.
 */
@Timeout(300)
class GarbageITCase {

    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;

    /**
     * A tenth of a mask, the smallest thing of a frame's size: for records and reading of files.
     */
    private static final long LITTLE = WIDTH * HEIGHT / 10;

    private static final int WARM_UP = 10;
    private static final int MEASURED = 24;
    private static final int FRAMES = WARM_UP + MEASURED + 6;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    @TempDir private Path dir;

    private Path labels;

    @BeforeEach
    void writeLabels() throws IOException {
        AllocationGauge.reset();
        labels = Files.createDirectories(dir.resolve("labels"));
        Path first = labels.resolve(name(0));
        MaskFiles.write(first, WIDTH, HEIGHT, ByteBuffer.allocate(WIDTH * HEIGHT));
        copy(first);
    }

    @Test
    void framesOfAVideoLeaveNoGarbageOfTheirSize() throws Exception {
        Path video = dir.resolve("clip.mp4");
        Clips.write(video, WIDTH, HEIGHT, FRAMES);

        segment(video);

        assertThat(AllocationGauge.bytesPerFrame()).isBetween(1L, LITTLE);
    }

    @Test
    void picturesLeaveNoGarbageOfTheirSize() throws Exception {
        Path pictures = Files.createDirectories(dir.resolve("pictures"));
        Path first = pictures.resolve(name(0));
        MaskFiles.writeRgb(first, WIDTH, HEIGHT, ByteBuffer.allocate(3 * WIDTH * HEIGHT));
        copy(first);

        segment(pictures);

        assertThat(AllocationGauge.bytesPerFrame()).isBetween(1L, LITTLE);
    }

    /** The network sees small pictures, so that the test is quick; the frames stay large. */
    private void segment(Path source) throws Exception {
        SegmentSettings settings =
                SegmentSettings.of(
                        new OptionParser("segment", "", SegmentOptions.ALL)
                                .parse(
                                        "--source",
                                        source.toString(),
                                        "--labels",
                                        labels.toString(),
                                        "--write",
                                        "video,masks,scores,throughput,report",
                                        "--height",
                                        "128",
                                        "--output",
                                        dir.resolve("out").toString()));
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(1);
        new SegmentPipeline(settings).build(env);
        new DataStream<>(
                        env,
                        new SideOutputTransformation<>(named("score", env), ScoreFunction.TIMINGS))
                .filter(new AllocationGauge())
                .sinkTo(new DiscardingSink<>());

        env.execute();
    }

    private static Transformation<?> named(String name, StreamExecutionEnvironment env) {
        return env.getTransformations().stream()
                .filter(transformation -> transformation.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String name(int frame) {
        return String.format(Locale.ROOT, "%06d.png", frame);
    }

    private static void copy(Path first) throws IOException {
        for (int frame = 1; frame < FRAMES; frame++) {
            Files.copy(first, first.resolveSibling(name(frame)));
        }
    }

    /**
     * What the threads that touch pixels allocate on the heap, and what is taken of direct memory,
     * while some frames of a running job pass.
     */
    private static final class AllocationGauge implements FilterFunction<FrameTiming> {

        private static final long serialVersionUID = 1L;

        /** How the names of the chain's, the decoder's and the network's threads begin. */
        private static final List<String> PIXEL_THREADS =
                List.of("Source: decode", "Source Data Fetcher", "segment-");

        private static final ThreadMXBean THREADS =
                (ThreadMXBean) ManagementFactory.getThreadMXBean();

        private static int frames;
        private static long before;
        private static long allocated;

        static void reset() {
            frames = 0;
            allocated = 0;
        }

        static long bytesPerFrame() {
            return allocated / MEASURED;
        }

        @Override
        public boolean filter(FrameTiming timing) {
            frames++;
            if (frames == WARM_UP) {
                before = heap() + direct();
            } else if (frames == WARM_UP + MEASURED) {
                allocated = heap() + direct() - before;
            }
            return false;
        }

        private static long heap() {
            return PIXEL_THREADS.stream().mapToLong(AllocationGauge::heap).sum();
        }

        private static long heap(String threads) {
            long[] ids =
                    Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                            .filter(thread -> thread != null) // it has just ended
                            .filter(thread -> thread.getThreadName().startsWith(threads))
                            .mapToLong(ThreadInfo::getThreadId)
                            .toArray();
            assertThat(ids).as(threads).isNotEmpty();
            return Arrays.stream(THREADS.getThreadAllocatedBytes(ids)).sum();
        }

        private static long direct() {
            return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .mapToLong(BufferPoolMXBean::getTotalCapacity)
                    .sum();
        }
    }
}
