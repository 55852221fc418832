// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.network.torchscript.TorchScriptOptions;
import io.stdcseg.network.torchscript.TorchScriptWriter;
import io.stdcseg.testing.SharedData;
import io.stdcseg.weights.Weights;
import io.stdcseg.weights.Weights.Overrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentPipelineTest {

    @TempDir private Path output;

    /** Plans are built to be shown, and once more where a job goes on from a savepoint. */
    @Test
    void buildingTheTopologyTouchesNoFile() throws IOException {
        for (String file :
                List.of(
                        "summary.json",
                        "report.html",
                        "scores/scores-000000-00c0ffee.jsonl",
                        "scores/.scores-000001-00c0ffee.jsonl",
                        "throughput/throughput-000000-00c0ffee.jsonl")) {
            Path path = output.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "x");
        }
        List<Path> before = files();

        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        new SegmentPipeline(settings(output)).build(env);
        assertThat(env.getStreamGraph().getJobGraph().getNumberOfVertices()).isPositive();

        assertThat(files()).isEqualTo(before);
    }

    /** Of two streams, all that there is to write: every operator of the job. */
    private StreamGraph everything() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        String sample = SharedData.projectRoot().resolve("samples/street.mp4").toString();
        new SegmentPipeline(
                        settings(
                                output,
                                "--source",
                                sample,
                                "--write",
                                "video,masks,scores,throughput,report",
                                "--keep-frames",
                                "5"))
                .build(env);
        return env.getStreamGraph();
    }

    @Test
    void everyOperatorIsFoundInASavepointByItsOwnName() {
        List<StreamNode> operators = List.copyOf(everything().getStreamNodes());

        assertThat(operators)
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        operator ->
                                assertThat(operator.getTransformationUID())
                                        .as(operator.getOperatorName())
                                        .isNotNull())
                .extracting(StreamNode::getTransformationUID)
                .doesNotHaveDuplicates();
    }

    /** Serializers of what flows are made with the plan; those of state where operators open. */
    @Test
    void nothingIsSerializedByKryo() {
        StreamGraph graph = everything();

        assertThat(graph.getExecutionConfig().getSerializerConfig().hasGenericTypesDisabled())
                .isTrue();
        assertThat(graph.getStreamNodes())
                .extracting(node -> String.valueOf((Object) node.getTypeSerializerOut()))
                .noneMatch(serializer -> serializer.contains("Kryo"));
    }

    @Test
    void betweenTwoCheckpointsThereIsAPause() {
        assertThat(minimumPause(new Configuration(), "--checkpoint-interval", "3s"))
                .isEqualTo(1500);
        assertThat(minimumPause(new Configuration())).isEqualTo(5000);
        Configuration cluster = new Configuration();
        cluster.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofMillis(7));
        assertThat(minimumPause(cluster)).isEqualTo(7);
    }

    private long minimumPause(Configuration cluster, String... options) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster);
        new SegmentPipeline(settings(output, options)).build(env);
        return env.getCheckpointConfig().getMinPauseBetweenCheckpoints();
    }

    @Test
    void anOutputThatIsAFileIsRefusedAtOnce() throws IOException {
        Path file = Files.writeString(output.resolve("file"), "x");

        assertThatThrownBy(() -> new SegmentPipeline(settings(file)))
                .isInstanceOf(InputException.class)
                .hasMessage("--output " + file + " is a file; a folder, or none yet, is allowed");
    }

    @Test
    void heightsFollowTheLoadOfLiveSourcesOnly() {
        assertThatThrownBy(() -> new SegmentPipeline(settings(output, "--adapt")))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--adapt needs a live source that does not wait, as rtsp:// or udp://;"
                                + " none is given");
        assertThatThrownBy(() -> new SegmentPipeline(settings(output, "--adapt", "--follow")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--adapt needs a live source that does not wait");
        new SegmentPipeline(settings(output, "--adapt", "--source", "udp://127.0.0.1:9"));
    }

    @Test
    void anArchiveHasItsHeightBuiltIn() throws IOException {
        Path archive = output.resolve("network.pt");
        Weights weights = Weights.defaults(Overrides.NONE);
        TorchScriptWriter.write(
                archive,
                weights.spec(),
                weights.tensors(),
                TorchScriptOptions.masks(InputScale.by(0.5), Precision.FP32));

        assertThatThrownBy(
                        () ->
                                new SegmentPipeline(
                                        settings(
                                                output.resolve("run"),
                                                "--adapt",
                                                "--source",
                                                "udp://127.0.0.1:9",
                                                "--label-set",
                                                "camvid",
                                                "--weights",
                                                archive.toString())))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--adapt with weights "
                                + archive
                                + ": TorchScript has its scale built in; other weights are"
                                + " allowed");
        assertThatThrownBy(
                        () ->
                                new SegmentPipeline(
                                        settings(
                                                output.resolve("run"),
                                                "--weights-watch",
                                                output.toString(),
                                                "--label-set",
                                                "camvid",
                                                "--weights",
                                                archive.toString())))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--weights-watch does not go with --weights "
                                + archive
                                + ", which is TorchScript: what takes its place has to be like"
                                + " it; .safetensors and .pth are allowed");
    }

    /** Their pictures are written, which are RGB. */
    @Test
    void framesOfAJobThatKeepsSomeAreNoPlanes() {
        assertThat(new SegmentPipeline(settings(output)).source().mayHavePlanes()).isTrue();
        SegmentPipeline keeping = new SegmentPipeline(settings(output, "--keep-frames", "1"));
        assertThat(keeping.source().mayHavePlanes()).isFalse();
    }

    @Test
    void takesAUsersWeightsAlong() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Path weights = SharedData.projectRoot().resolve("samples/weights/default.safetensors");

        new SegmentPipeline(settings(output, "--weights", weights.toString()))
                .takeWeightsAlong(env);

        assertThat(env.getCachedFiles())
                .singleElement()
                .satisfies(file -> assertThat(file.f0).isEqualTo("weights " + weights))
                .satisfies(file -> assertThat(file.f1.filePath).isEqualTo(weights.toString()));
    }

    @Test
    void takesNothingAlongForTheDefaultWeights() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

        new SegmentPipeline(settings(output)).takeWeightsAlong(env);

        assertThat(env.getCachedFiles()).isEmpty();
    }

    @Test
    void takesNothingAlongForThoseOfAVariant() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

        SegmentPipeline pipeline = new SegmentPipeline(settings(output, "--model", "stdc2-seg75"));
        pipeline.takeWeightsAlong(env);

        assertThat(env.getCachedFiles()).isEmpty();
        assertThat(pipeline.segmenter().scale()).isEqualTo(InputScale.toHeight(360));
        assertThat(SegmenterWeights.sha256(pipeline.segmenter()))
                .isNotEqualTo(Weights.defaults().sha256());
    }

    private static SegmentSettings settings(Path output, String... more) {
        List<String> args = new ArrayList<>();
        args.addAll(
                List.of(
                        "--source",
                        SharedData.projectRoot().resolve("samples/street.mp4").toString(),
                        "--output",
                        output.toString()));
        args.addAll(List.of(more));
        return SegmentSettings.of(
                new OptionParser("test", "", SegmentOptions.ALL)
                        .parse(args.toArray(String[]::new)));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(output)) {
            return all.sorted().toList();
        }
    }
}
