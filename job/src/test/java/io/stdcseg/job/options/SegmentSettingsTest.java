// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Rational;
import io.stdcseg.job.options.SegmentOptions.Output;
import io.stdcseg.job.output.LineFormat;
import io.stdcseg.job.output.kafka.KafkaSettings;
import io.stdcseg.job.output.mask.MaskWriter.MaskIds;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.label.Palette;
import io.stdcseg.network.InputScale;
import io.stdcseg.video.Container;
import io.stdcseg.video.VideoCodec;
import io.stdcseg.video.decode.HardwareDecoding;
import io.stdcseg.video.encode.VideoFormat;
import io.stdcseg.video.overlay.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentSettingsTest {

    /** Addresses with passwords do not belong on command lines, which Flink logs and shows. */
    @Test
    void optionsMayStandInAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("sources");
        Files.writeString(file, "--source rtsp://me:geheim@camera/street\n--source 'a b.mp4'\n");

        SegmentSettings settings = parse("@" + file, "--every", "2");

        assertThat(settings.sources()).containsExactly("rtsp://me:geheim@camera/street", "a b.mp4");
        assertThat(settings.every()).isEqualTo(2);
    }

    @Test
    void aValueWithBlanksNeedsQuotesAroundAllOfIt(@TempDir Path folder) throws IOException {
        String login = "Module required username=\"me\" password=\"geheim\";";
        Path file = folder.resolve("kafka");
        Files.writeString(file, "--kafka-option 'sasl.jaas.config=" + login + "'\n");

        SegmentSettings settings =
                parse("--source", "a.mp4", "--kafka-servers", "broker:9092", "@" + file);

        assertThat(settings.kafka().options()).containsEntry("sasl.jaas.config", login);
    }

    /** They may be pieces of a password, or an address with one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--kafka-option sasl.jaas.config=Module required password=geheim;"
                        + "|2 words that belong to no option (a value with blanks needs quotes)",
                "rtsp://me:geheim@camera/street|1 word that belongs to no option (a value with",
                "--sorce=rtsp://me:geheim@camera/street|unknown option --sorce; segment --help",
                "--sorce rtsp://me:geheim@camera/street --colour=geheim"
                        + "|unknown options --sorce, --colour and 1 word that belongs to no option",
                "--height --kafka-option=geheim|Expected parameter for option '--height' but found"
            })
    void wordsThatBelongToNoOptionAreNotTold(String args, String message) {
        assertThatThrownBy(() -> parse(args.split(" ")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("geheim");
    }

    @Test
    void defaultsAreTheContract() {
        SegmentSettings settings = parse("--source", "a.mp4");

        assertThat(settings.sources()).containsExactly("a.mp4");
        assertThat(settings.labels()).isNull();
        assertThat(settings.output()).isEqualTo(Path.of("out").toAbsolutePath().toString());
        assertThat(settings.write())
                .containsExactlyInAnyOrder(
                        Output.VIDEO, Output.SCORES, Output.THROUGHPUT, Output.REPORT);
        assertThat(settings.ids()).isEqualTo(MaskIds.TRAIN);
        assertThat(settings.format()).isEqualTo(LineFormat.JSONL);
        assertThat(settings.window()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.slide()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.boundary()).isEqualTo(0.02);
        assertThat(settings.keepFrames()).isZero();
        assertThat(settings.weightsWatch()).isNull();
        assertThat(settings.shadow()).isNull();
        assertThat(settings.shadowEvery()).isEqualTo(10);
        assertThat(settings.checkpointInterval()).isNull();
        assertThat(settings.fps()).isNull();
        assertThat(settings.watch()).isFalse();
        assertThat(settings.adapt()).isFalse();
        assertThat(settings.from()).isNull();
        assertThat(settings.to()).isNull();
        assertThat(settings.every()).isEqualTo(1);
        assertThat(settings.maxFrames()).isNull();
        assertThat(settings.parallelism()).isNull();
        assertThat(settings.range()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.onError()).isEqualTo(OnError.DAMAGED);
        assertThat(settings.hardware()).isEqualTo(HardwareDecoding.NONE);
        assertThat(settings.opacity()).isEqualTo(0.5);
        assertThat(settings.palette()).isEqualTo(Palette.of("bright"));
        assertThat(settings.view()).isEqualTo(View.OVERLAY);
        assertThat(settings.legend()).isFalse();
        assertThat(settings.videoFormat()).isEqualTo(VideoFormat.DEFAULT);
        assertThat(settings.keep()).isNull();
        assertThat(settings.chunk()).isNull();
        assertThat(settings.kafka()).isNull();
        assertThat(settings.resume()).isFalse();
        assertThat(settings.segmenter().weights()).isNull();
        assertThat(settings.segmenter().scale()).isNull();
        assertThat(settings.segmenter().batchSize()).isZero();
    }

    @Test
    void readsEveryOption() {
        SegmentSettings settings =
                parse(
                        "--source",
                        "a.mp4",
                        "--source=b dir",
                        "--labels",
                        "l",
                        "--output",
                        "o",
                        "--write",
                        "masks,video",
                        "--ids",
                        "label",
                        "--format",
                        "csv",
                        "--height",
                        "360",
                        "--window",
                        "4",
                        "--slide",
                        "500ms",
                        "--keep-frames",
                        "7",
                        "--boundary",
                        "0.005",
                        "--checkpoint-interval",
                        "2s",
                        "--fps",
                        "29.97",
                        "--watch",
                        "--from",
                        "1:00",
                        "--to",
                        "0:01:30.5",
                        "--every",
                        "3",
                        "--max-frames",
                        "7",
                        "--parallelism",
                        "2",
                        "--range",
                        "1min",
                        "--on-error",
                        "skip",
                        "--hwaccel",
                        "cuda",
                        "--opacity",
                        "0.25",
                        "--palette",
                        "label-set",
                        "--view",
                        "side-by-side",
                        "--legend",
                        "--codec",
                        "VP9",
                        "--quality",
                        "85",
                        "--container",
                        "webm",
                        "--video-height",
                        "540",
                        "--kafka-servers",
                        "a:9092,[::1]:9093",
                        "--kafka-topic",
                        "street",
                        "--kafka-option",
                        "sasl.jaas.config=user=me password=geheim;",
                        "--batch-size",
                        "4",
                        "--batch-timeout",
                        "5ms",
                        "--resume");

        assertThat(settings.sources()).containsExactly("a.mp4", "b dir");
        assertThat(settings.write()).containsExactlyInAnyOrder(Output.MASKS, Output.VIDEO);
        assertThat(settings.ids()).isEqualTo(MaskIds.LABEL);
        assertThat(settings.format()).isEqualTo(LineFormat.CSV);
        assertThat(settings.segmenter().scale()).isEqualTo(InputScale.toHeight(360));
        assertThat(settings.segmenter().batchSize()).isEqualTo(4);
        assertThat(settings.segmenter().batchTimeout()).isEqualTo(Duration.ofMillis(5));
        assertThat(settings.window()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.slide()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.boundary()).isEqualTo(0.005);
        assertThat(settings.keepFrames()).isEqualTo(7);
        assertThat(settings.checkpointInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.watch()).isTrue();
        assertThat(settings.fps()).isEqualTo(new Rational(30_000, 1001));
        assertThat(settings.from()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.to()).isEqualTo(Duration.ofMillis(90_500));
        assertThat(settings.every()).isEqualTo(3);
        assertThat(settings.maxFrames()).isEqualTo(7);
        assertThat(settings.parallelism()).isEqualTo(2);
        assertThat(settings.onError()).isEqualTo(OnError.SKIP);
        assertThat(settings.hardware()).isEqualTo(HardwareDecoding.CUDA);
        assertThat(settings.opacity()).isEqualTo(0.25);
        assertThat(settings.palette()).isEqualTo(Palette.of("label-set"));
        assertThat(settings.view()).isEqualTo(View.SIDE_BY_SIDE);
        assertThat(settings.legend()).isTrue();
        assertThat(settings.videoFormat())
                .isEqualTo(new VideoFormat(VideoCodec.VP9, Container.WEBM, 85, 540));
        assertThat(settings.kafka())
                .isEqualTo(
                        new KafkaSettings(
                                "a:9092,[::1]:9093",
                                "street",
                                Map.of("sasl.jaas.config", "user=me password=geheim;")));
        assertThat(settings.kafka().toString()).doesNotContain("geheim");
        assertThat(settings.resume()).isTrue();
    }

    @Test
    void whatDecidesTheResultsDoesNotDependOnHowItIsWritten() {
        Map<String, String> deciding =
                parse("--source", "a.mp4", "--window", "4s", "--write", "masks,video").deciding();

        assertThat(deciding)
                .containsEntry("window", "4.0s")
                .containsEntry("write", "video,masks")
                .containsEntry("precision", "auto")
                .doesNotContainKeys("height", "labels", "output", "resume", "kafka-topic");
        assertThat(
                        parse(
                                        "--source=a.mp4",
                                        "--write=video,masks",
                                        "--window=4000ms",
                                        "--resume",
                                        "--parallelism=3",
                                        "--range=5s",
                                        "--checkpoint-interval=1s",
                                        "--batch-size=2",
                                        "--batch-timeout=1ms",
                                        "--output=elsewhere")
                                .deciding())
                .isEqualTo(deciding);
        assertThat(parse("--source", "a.mp4", "--height", "64").deciding())
                .containsEntry("height", "64");
        assertThat(parse("--source=a.mp4", "--kafka-servers=b:1").deciding())
                .containsEntry("kafka-topic", "stdc")
                .doesNotContainKeys("kafka-servers", "kafka-option");
    }

    @Test
    void whatIsShownOfOptionsHoldsNoCredentials() {
        Map<String, String> shown =
                OptionTexts.shown(
                        new OptionParser("segment", "", SegmentOptions.ALL)
                                .parse(
                                        "--source=rtsp://me:geheim@camera/1?token=geheim&x=1",
                                        "--source=a.mp4",
                                        "--source-option=cookies=geheim",
                                        "--kafka-servers=b:1",
                                        "--kafka-option=ssl.key.password=geheim",
                                        "--output=ftp://me:geheim@host/out",
                                        "--parallelism=3"));

        assertThat(shown.values()).noneMatch(value -> value.contains("geheim"));
        assertThat(shown)
                .containsEntry("output", "ftp://host/out")
                .containsEntry("parallelism", "3")
                .containsEntry("window", "10.0s")
                .doesNotContainKeys("source-option", "kafka-option", "height");
        assertThat(shown.get("source")).startsWith("rtsp://camera/1?").contains("a.mp4");
    }

    @Test
    void aFileIsTheSameFromWhereverItIsNamed() {
        assertThat(parse("--source", "a.mp4", "--labels", "src/../src").deciding())
                .containsEntry("labels", Path.of("src").toAbsolutePath().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--boundary 0|--boundary '0' is not allowed; above 0 and at most 1 is",
                "--opacity 2|--opacity '2' is not allowed; 0 to 1 is",
                "--codec theora|--codec 'theora' is not one of auto, h264, hevc, av1, vp9, vp8,"
                        + " mpeg4",
                "--container avi|--container 'avi' is not one of mp4, mkv, webm, mov, ts",
                "--quality 101|--quality '101' is not allowed; a whole number from 0 to 100 is",
                "--video-height 8|--video-height '8' is not allowed; a whole number from 16 is",
                "--codec h264 --container webm|--codec h264 does not go into --container webm,"
                        + " which holds av1, vp9, vp8; h264 goes into mp4, mkv, mov, ts",
                "--fps 0|--fps '0' is not allowed; 0.01 to 1000 pictures per second are, such as"
                        + " 25, 29.97 or 30000/1001",
                "--keep-frames -1|--keep-frames '-1' is not allowed; a whole number from 0 to 1000",
                "--keep-frames 1001|--keep-frames '1001' is not allowed; a whole number from 0 to",
                "--every 0|--every '0' is not allowed; a whole number from 1 is",
                "--write video,sound|--write 'sound' is not one of video, hls, masks,"
                        + " confidence, scores, throughput, report",
                "--write hls --codec vp8|--codec vp8 does not go into --write hls, which carries"
                        + " h264, vp9, av1, hevc",
                "--keep 1m|--keep says how hls is written; --write does not have it",
                "--chunk 1m --write hls|--chunk says how video is written; --write does not have"
                        + " it",
                "--chunk 0s|--chunk '0s' is no time at all; more than 0 is allowed",
                "--ids class|--ids 'class' is not one of train, label",
                "--on-error ignore|--on-error 'ignore' is not one of damaged, fail, skip",
                "--from 99999999999999999999:00:00|--from '99999999999999999999:00:00' is not a"
                        + " time",
                "--window soon|--window 'soon' is not a time",
                "--checkpoint-interval 5ms|--checkpoint-interval '5ms' is not allowed; 10ms or"
                        + " longer is",
                "--slide 0.5ms|--slide '0.5ms' is not allowed; 1ms or longer is",
                "--slide 3|--slide 3.0s does not divide --window 10.0s",
                "--from 5 --to 4|--from 5.0s is not before --to 4.0s",
                "--scale 0.5 --height 360|--scale 0.5 and --height 360 exclude each other",
                "--kafka-servers broker|--kafka-servers 'broker' is not allowed; HOST:PORT is,"
                        + " several with commas between them",
                "--kafka-servers a:1,me:geheim@b:2|--kafka-servers 'b:2' is not allowed; HOST:PORT",
                "--kafka-servers a:65536|--kafka-servers 'a:65536' is not allowed; HOST:PORT is",
                "--kafka-servers a:1 --kafka-topic a/b|--kafka-topic 'a/b' is not allowed; up to"
                        + " 238",
                "--kafka-topic a|--kafka-topic says how lines go to Kafka; --kafka-servers, which",
                "--kafka-servers a:1 --kafka-option acks=0|--kafka-option acks is not allowed;"
                        + " security.*, sasl.*, ssl.* and transaction.timeout.ms are",
                "--kafka-servers a:1 --kafka-option geheim|--kafka-option is not of the form"
                        + " key=value",
                "--kafka-servers a:1 --kafka-option transaction.timeout.ms=1m|--kafka-option"
                        + " transaction.timeout.ms '1m' is not allowed; a whole number from 1 is",
                "--colour red|unknown option --colour and 1 word that belongs to no option (a value"
            })
    void badValuesAreNamedInOneLine(String arguments, String message) {
        assertThatThrownBy(() -> parse(("--source a.mp4 " + arguments).split(" ")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aSourceIsNeeded() {
        assertThatThrownBy(() -> parse("--every", "2"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--source is missing");
    }

    /** Where none does, somebody else must hold the output folder. */
    @Test
    void aCommitterWaitsForWholeStreamsUnlessTheyAreCut() {
        assertThat(parse("--source", "a.mp4").commitsWholeStreams()).isTrue();
        assertThat(parse("--source", "a.mp4", "--write", "masks").commitsWholeStreams()).isTrue();
        assertThat(parse("--source", "a.mp4", "--write", "hls").commitsWholeStreams()).isTrue();
        assertThat(parse("--source", "a.mp4", "--chunk", "1m").commitsWholeStreams()).isFalse();
        assertThat(parse("--source", "a.mp4", "--write", "scores").commitsWholeStreams()).isFalse();
    }

    private static SegmentSettings parse(String... args) {
        return SegmentSettings.of(new OptionParser("segment", "", SegmentOptions.ALL).parse(args));
    }
}
