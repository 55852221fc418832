// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package own;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.function.segment.PictureMask;
import io.stdcseg.function.segment.Segmentation;
import io.stdcseg.job.source.VideoSource;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * Somebody's own job: how much of each frame of the videos that are its arguments is road.
 * Prints {@code VIDEO FRAME SHARE}.
 */
public final class RoadAhead {

    private RoadAhead() {}

    /** Runs here, or on a cluster if Flink's client runs it. */
    public static void main(String[] videos) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Segmentation segmentation = Segmentation.of(SegmenterOptions.DEFAULTS);
        DataStream<FrameElement> frames =
                env.fromSource(
                        VideoSource.of(List.of(videos), segmentation.inFlight()),
                        WatermarkStrategy.noWatermarks(),
                        "decode");
        int road = segmentation.labels().names().indexOf("road");
        segmentation.frames(frames).flatMap(new ShareOf(road)).print();
        env.execute("road ahead");
    }

    /** The last reader of the frames: it gives their memory back. */
    private static final class ShareOf implements FlatMapFunction<FrameElement, String> {

        private static final long serialVersionUID = 1L;

        private final int road;

        ShareOf(int road) {
            this.road = road;
        }

        @Override
        public void flatMap(FrameElement element, Collector<String> out) {
            if (element instanceof SegmentedFrame segmented) {
                try (segmented) {
                    double share = PictureMask.of(segmented.mask()).shares(road + 1)[road];
                    long frame = segmented.frame().index();
                    out.collect(segmented.stream() + " " + frame + " " + (float) share);
                }
            }
        }
    }
}
