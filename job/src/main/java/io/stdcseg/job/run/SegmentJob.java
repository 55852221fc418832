// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.error.InputException;
import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Entry point of the job on a cluster: {@code flink run stdc-job.jar --source video.mp4}.
 *
 * <p>{@code main} runs in Flink's client, or in the JobManager where the job came by REST. It plans
 * the topology, loads nothing native and never ends the JVM.
 */
public final class SegmentJob {

    /** What the command does, in one sentence. */
    public static final String DESCRIPTION =
            "Segments video or pictures frame by frame: masked video, masks, rolling scores,"
                    + " throughput.";

    private SegmentJob() {}

    /**
     * Submits the job.
     *
     * @throws InputException if the options or the sources cannot be used
     */
    public static void main(String[] args) throws Exception {
        OptionParser parser =
                new OptionParser("flink run stdc-job.jar", DESCRIPTION, SegmentOptions.ALL);
        if (parser.asksForHelp(args)) {
            System.out.print(parser.help());
            return;
        }
        SegmentSettings settings = SegmentSettings.of(parser.parse(args));
        if (settings.resume()) {
            throw new InputException(
                    "--resume goes on with runs of scripts/stdc segment; on a cluster flink run -s"
                            + " CHECKPOINT stdc-job.jar does, with the same options");
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        SegmentPipeline pipeline = new SegmentPipeline(settings);
        pipeline.build(env);
        pipeline.takeWeightsAlong(env);
        env.execute(pipeline.jobName());
    }
}
