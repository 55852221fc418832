// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.testing.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator's autoscaler may change of the job, and what it must not. */
class AutoscalerTest {

    private static final String EXCLUDED = "job.autoscaler.vertex.exclude.ids";

    /** Which has other tasks than a job without. */
    private static final List<String> MORE =
            List.of(
                    "--write",
                    "video,hls,masks,confidence,scores,throughput,report",
                    "--keep-frames",
                    "5",
                    "--kafka-servers",
                    "broker:9092");

    private static final List<String> CHUNKS =
            Stream.concat(MORE.stream(), Stream.of("--chunk", "60s")).toList();

    @TempDir private Path data;

    /** Masked video has one publisher, whatever waits for it. */
    @Test
    void whatIsAloneStaysAlone() throws IOException {
        Set<String> alone = new TreeSet<>();
        for (List<String> more : List.of(List.<String>of(), MORE, CHUNKS)) {
            vertices(more).stream()
                    .filter(vertex -> vertex.getParallelism() == 1)
                    .forEach(vertex -> alone.add(vertex.getID().toHexString()));
        }

        assertThat(String.join(";", alone))
                .isEqualTo(manifest().flinkConfiguration().get(EXCLUDED));
    }

    /** So that frames, which are never serialized, have their neighbours in their own task. */
    @Test
    void whatHandlesFramesIsScaledAsAWhole() throws IOException {
        Map<Boolean, List<String>> names =
                vertices(List.of()).stream()
                        .collect(
                                Collectors.partitioningBy(
                                        vertex -> vertex.getParallelism() > 1,
                                        Collectors.mapping(
                                                JobVertex::getName, Collectors.toList())));

        assertThat(names.get(true))
                .singleElement()
                .asString()
                .contains("decode", "segment", "score", "write video");
    }

    private List<JobVertex> vertices(List<String> more) throws IOException {
        Files.createDirectories(data.resolve("drives"));
        Stream<String> args =
                Arrays.stream(manifest().args()).map(arg -> arg.replace("/data", data.toString()));
        OptionParser parser = new OptionParser("segment", "", SegmentOptions.ALL);
        SegmentSettings settings =
                SegmentSettings.of(
                        parser.parse(Stream.concat(args, more.stream()).toArray(String[]::new)));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(4);
        new SegmentPipeline(settings).build(env);
        return env.getStreamGraph().getJobGraph().getVerticesSortedTopologicallyFromSources();
    }

    private static Manifest manifest() throws IOException {
        return Manifest.deployments().stream()
                .filter(manifest -> manifest.flinkConfiguration().containsKey(EXCLUDED))
                .findAny()
                .orElseThrow();
    }
}
