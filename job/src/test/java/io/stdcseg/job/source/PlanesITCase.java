// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.source.VideoSource.PlanesChoice;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.testing.LiveServer;
import io.stdcseg.testing.LiveServer.Part;
import io.stdcseg.testing.Planes;
import io.stdcseg.testing.Processor;
import io.stdcseg.testing.SharedData;
import io.stdcseg.video.live.LiveSettings;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Frames of files and live streams have the same pictures, whether as planes or as RGB. */
@Timeout(180)
class PlanesITCase {

    private static final int FRAMES = 12;
    private static final PlanesChoice NEVER = job -> false;

    /** Hashes of the RGB of pictures, by stream and number. */
    private static final Map<String, Integer> PICTURES = new ConcurrentHashMap<>();

    private static final Set<String> OF_PLANES = ConcurrentHashMap.newKeySet();

    /** The job's id, as the source has it and as what segments has it. */
    private static final Set<String> JOBS = ConcurrentHashMap.newKeySet();

    private static final Set<String> JOBS_BEHIND = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger ASKED = new AtomicInteger();

    @TempDir private Path folder;

    @BeforeEach
    void onX86() {
        Processor.requireX86();
    }

    @Test
    void framesOfFilesAreThoseOfRgb() throws Exception {
        Path street = SharedData.projectRoot().resolve("samples/street.mp4");
        for (boolean withYuv : new boolean[] {false, true}) {
            Map<String, Integer> expected = read(street.toString(), withYuv, NEVER);
            assertThat(OF_PLANES).isEmpty();

            Map<String, Integer> seen = read(street.toString(), withYuv, noting());

            assertThat(seen).hasSize(FRAMES).isEqualTo(expected);
            assertThat(OF_PLANES).hasSize(FRAMES);
            assertThat(JOBS).hasSize(1).isEqualTo(JOBS_BEHIND);
        }
    }

    @Test
    void framesOfLiveStreamsAreThoseOfRgb() throws Exception {
        byte[] stream = LiveServer.transportStream(LiveServer.RATE, 100);
        Path file = folder.resolve("live.ts");
        Files.write(file, stream);
        Map<String, Integer> expected = read(file.toString(), true, NEVER);
        try (LiveServer server = LiveServer.start(new Part(stream, 4))) {
            Map<String, Integer> seen = read(server.address(), true, noting());

            assertThat(OF_PLANES).hasSize(FRAMES);
            assertThat(seen).isEqualTo(expected);
        }
    }

    /** Whoever asks for each picture may get another answer for each. */
    @Test
    void bothKindsMayFollowEachOther() throws Exception {
        Path street = SharedData.projectRoot().resolve("samples/street.mp4");
        Map<String, Integer> expected = read(street.toString(), true, NEVER);

        Map<String, Integer> seen = read(street.toString(), true, everyOther());

        assertThat(seen).isEqualTo(expected);
        assertThat(OF_PLANES).hasSizeBetween(1, FRAMES - 1);
    }

    private static PlanesChoice noting() {
        return job -> {
            JOBS.add(job);
            return true;
        };
    }

    private static PlanesChoice everyOther() {
        return job -> ASKED.getAndIncrement() % 2 == 0;
    }

    private static Map<String, Integer> read(String source, boolean withYuv, PlanesChoice planes)
            throws Exception {
        PICTURES.clear();
        OF_PLANES.clear();
        JOBS.clear();
        JOBS_BEHIND.clear();
        // On a busy machine a live stream is to wait rather than to leave pictures out.
        ReadOptions options =
                ReadOptions.defaults()
                        .withYuv(withYuv)
                        .atMost(FRAMES)
                        .live(LiveSettings.DEFAULT.with(Duration.ofMinutes(5), Map.of()));
        SourceSpec spec = SourceSpec.plan(List.of(source), options);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        env.getConfig().enableObjectReuse();
        env.fromSource(
                        new VideoSource(spec, VideoSource.QUEUE_LENGTH + 2).withPlanes(planes),
                        WatermarkStrategy.noWatermarks(),
                        "decode",
                        FrameElementTypeInfo.INSTANCE)
                .process(new Noter(), Types.VOID);
        env.execute();
        return new TreeMap<>(PICTURES);
    }

    /** Notes what pictures frames have, and gives them back. */
    private static final class Noter extends ProcessFunction<FrameElement, Void> {

        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(FrameElement element, Context context, Collector<Void> out) {
            JOBS_BEHIND.add(getRuntimeContext().getJobInfo().getJobId().toString());
            if (element instanceof Frame frame) {
                try (frame) {
                    String key = String.format(Locale.ROOT, "%06d", frame.index());
                    PICTURES.put(key, Arrays.hashCode(rgb(frame)));
                    if (frame.yuvToRgb() != null) {
                        OF_PLANES.add(key);
                    }
                }
            }
        }

        private static byte[] rgb(Frame frame) {
            StreamInfo info = frame.info();
            ByteBuffer buffer = frame.picture();
            byte[] picture = new byte[buffer.capacity()];
            buffer.get(0, picture);
            return frame.yuvToRgb() == null
                    ? picture
                    : Planes.rgb(picture, frame.yuvToRgb(), info.width(), info.height());
        }
    }
}
