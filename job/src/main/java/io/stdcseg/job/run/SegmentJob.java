// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.options.OptionTexts;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.output.kafka.KafkaCheck;
import io.stdcseg.job.output.kafka.KafkaSettings;
import io.stdcseg.job.process.Build;
import io.stdcseg.store.StorePaths;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig.GlobalJobParameters;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
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
        Configuration options = parser.parse(args);
        SegmentSettings settings = SegmentSettings.of(options);
        if (settings.resume()) {
            throw new InputException(
                    "--resume goes on with runs of scripts/stdc segment; on a cluster flink run -s"
                            + " CHECKPOINT stdc-job.jar does, with the same options");
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        SegmentPipeline pipeline = new SegmentPipeline(settings);
        if (settings.kafka() != null) {
            warnOfKafka(settings.kafka());
        }
        pipeline.build(env);
        pipeline.takeWeightsAlong(env);
        env.getConfig().setGlobalJobParameters(shown(options, pipeline));
        JobExecutionResult result = env.execute(pipeline.jobName());
        if (result.isJobExecutionResult()) {
            System.out.println(outcome(settings.output()));
        }
    }

    /** No refusal: the cluster's machines may reach brokers that this one does not. */
    private static void warnOfKafka(KafkaSettings kafka) {
        try {
            KafkaCheck.require(kafka);
        } catch (InputException e) {
            System.err.println("seen from this machine, " + e.getMessage());
        }
    }

    /** What the configuration tab of Flink's web UI says of the job. */
    private static GlobalJobParameters shown(Configuration options, SegmentPipeline pipeline) {
        Map<String, String> shown = OptionTexts.shown(options);
        shown.put("weights.sha256", SegmenterWeights.sha256(pipeline.segmenter()));
        shown.put("version", Build.ofProcess().toString());
        return Configuration.fromMap(shown);
    }

    /** As {@code scripts/stdc segment} ends, where the folder is in reach. */
    private static String outcome(String output) {
        try {
            return RunOutcome.read(StorePaths.path(output)).text();
        } catch (IOException e) {
            return "the machines of the cluster have the results in " + output;
        }
    }
}
