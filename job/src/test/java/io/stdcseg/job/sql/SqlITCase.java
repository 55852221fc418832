// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.picture.Picture;
import io.stdcseg.picture.PictureReader;
import io.stdcseg.testing.SharedData;
import io.stdcseg.video.decode.VideoDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements of the README, and what they refuse, in Flink's table environment. */
@Timeout(300)
class SqlITCase {

    private static final Path SAMPLES = SharedData.projectRoot().resolve("samples");
    private static final String FP32 = "MAP['precision', 'fp32']";

    @TempDir private Path output;
    private StreamTableEnvironment tables;

    @BeforeEach
    void open() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        tables = StreamTableEnvironment.create(env);
        tables.executeSql("CREATE FUNCTION SEGMENT AS 'io.stdcseg.job.sql.Segment'");
        tables.executeSql("CREATE FUNCTION MIOU AS 'io.stdcseg.job.sql.Miou'");
    }

    private void createDrive(String columns, String... options) {
        StringBuilder with = new StringBuilder("'connector' = 'stdc-video'");
        for (int i = 0; i < options.length; i += 2) {
            with.append(", '" + options[i] + "' = '" + options[i + 1] + "'");
        }
        tables.executeSql("CREATE TABLE drive (" + columns + ") WITH (" + with + ")");
    }

    private List<Row> rows(String query) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> results = tables.executeSql(query).collect()) {
            results.forEachRemaining(rows::add);
        }
        return rows;
    }

    @Test
    void framesOfVideoAreRows() throws Exception {
        createDrive(
                "video STRING, frame BIGINT, seconds DOUBLE, width INT, height INT,"
                        + " picture BYTES",
                "source",
                SAMPLES.resolve("street.mp4").toString(),
                "max-frames",
                "3");

        List<Row> rows = rows("SELECT picture, frame, video, seconds, width, height FROM drive");

        assertThat(rows).extracting(row -> row.getField("frame")).containsExactly(0L, 1L, 2L);
        Row last = rows.get(2);
        assertThat(last.getField("video")).isEqualTo("street");
        assertThat((double) last.getField("seconds")).isBetween(0.01, 1.0);
        Picture picture = PictureReader.read("row", (byte[]) last.getField("picture"));
        assertThat(picture.width()).isEqualTo(last.getField("width"));
        assertThat(picture.height()).isEqualTo(last.getField("height"));
    }

    @Test
    void masksAreScoredAgainstLabels() throws Exception {
        createDrive(
                "frame BIGINT, picture BYTES, label BYTES",
                "source",
                SAMPLES.resolve("street.mp4").toString(),
                "labels",
                SAMPLES.resolve("labels").toString(),
                "every",
                "50");

        List<Row> scores =
                rows(
                        "SELECT frame, MIOU(mask, label) AS miou FROM drive,"
                                + " LATERAL TABLE(SEGMENT(picture, "
                                + FP32
                                + ")) GROUP BY frame");

        assertThat(scores).extracting(row -> row.getField("frame")).contains(0L, 50L, 100L);
        assertThat(scores)
                .allSatisfy(row -> assertThat((double) row.getField("miou")).isBetween(0.5, 1.0));
    }

    @Test
    void aMaskComesWithTheSharesOfItsClasses() throws Exception {
        createDrive(
                "frame BIGINT, picture BYTES",
                "source",
                SAMPLES.resolve("street.mp4").toString(),
                "max-frames",
                "2");

        List<Row> rows =
                rows(
                        "SELECT frame, mask, width, shares FROM drive,"
                                + " LATERAL TABLE(SEGMENT(picture, "
                                + FP32
                                + "))");

        assertThat(rows).hasSize(2);
        Row first = rows.get(0);
        Picture mask = PictureReader.read("mask", (byte[]) first.getField("mask"));
        assertThat(mask.width()).isEqualTo(first.getField("width"));
        @SuppressWarnings("unchecked") // as the function declares it
        Map<String, Double> shares = (Map<String, Double>) first.getField("shares");
        assertThat(shares).containsKeys("road", "sky").hasSize(11);
        assertThat(shares.values().stream().mapToDouble(Double::doubleValue).sum())
                .isBetween(0.999, 1.001);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rowsBecomeMaskedVideo(boolean checkpoints) throws Exception {
        if (checkpoints) {
            tables.getConfig().set("execution.checkpointing.interval", "100ms");
        }
        createDrive(
                "video STRING, seconds DOUBLE, picture BYTES",
                "source",
                SAMPLES.resolve("street.mp4").toString(),
                "max-frames",
                "10");
        tables.executeSql(
                "CREATE TABLE masked (video STRING, seconds DOUBLE, picture BYTES, mask BYTES)"
                        + " WITH ('connector' = 'stdc-masked-video', 'opacity' = '1', 'output' = '"
                        + output
                        + "')");

        tables.executeSql(
                        "INSERT INTO masked SELECT video, seconds, picture, mask FROM drive,"
                                + " LATERAL TABLE(SEGMENT(picture, "
                                + FP32
                                + "))")
                .await();

        assertThat(files(output)).containsExactly("street.masked.mp4");
        assertThat(seconds(output.resolve("street.masked.mp4")))
                .hasSize(10)
                .isEqualTo(seconds(SAMPLES.resolve("street.mp4")).subList(0, 10));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    /** When the frames of a video are shown, in milliseconds. */
    private static List<Long> seconds(Path video) {
        List<Long> times = new ArrayList<>();
        try (VideoDecoder decoder =
                VideoDecoder.open("video", video, new VideoDecoder.Options(1, true, true))) {
            while (decoder.advance()) {
                times.add(Math.round(1000 * decoder.info().seconds(decoder.pts())));
            }
        }
        return times;
    }

    @Test
    void rowsOutOfOrderAreRefused() {
        tables.executeSql(
                "CREATE TABLE masked (seconds DOUBLE, picture BYTES, mask BYTES)"
                        + " WITH ('connector' = 'stdc-masked-video', 'output' = '"
                        + output
                        + "')");
        String row = "(%s, X'%s', X'%s')";
        String picture = HexFormat.of().formatHex(PictureBytes.ppm(64, 64, rgb(64 * 64)));
        String mask = HexFormat.of().formatHex(PictureBytes.png(64, 64, rgb(64 * 64)));
        assertThatThrownBy(
                        () ->
                                tables.executeSql(
                                                "INSERT INTO masked VALUES "
                                                        + String.format(row, "1e0", picture, mask)
                                                        + ", "
                                                        + String.format(row, "5e-1", picture, mask))
                                        .await())
                .hasStackTraceContaining(
                        "time 0.5 s of frame 1 of video is not after that of the frame before it");
    }

    /** Flink's restarts would only meet it again. */
    @Test
    void aPictureThatCannotBeReadEndsTheJobOrHasNull() throws Exception {
        tables.getConfig().set("restart-strategy.type", "fixed-delay");
        String query =
                "SELECT id, width, mask IS NULL FROM (VALUES (1, X'00'), (2, X'"
                        + HexFormat.of().formatHex(PictureBytes.ppm(64, 64, rgb(64 * 64)))
                        + "')) AS t (id, picture),"
                        + " LATERAL TABLE(SEGMENT(picture, MAP['precision', 'fp32'%s]))";

        assertThatThrownBy(() -> rows(String.format(query, "")))
                .hasStackTraceContaining("The failure is not recoverable")
                .hasStackTraceContaining("picture of SEGMENT cannot be read");
        assertThat(rows(String.format(query, ", 'ignore-parse-errors', 'true'")))
                .containsExactlyInAnyOrder(Row.of(1, null, true), Row.of(2, 64, false));
    }

    private static ByteBuffer rgb(int pixels) {
        return ByteBuffer.allocate(3 * pixels);
    }

    @Test
    void whatCannotWorkIsSaidInOneLine() {
        createDrive(
                "frame BIGINT, sound BYTES", "source", SAMPLES.resolve("street.mp4").toString());
        assertThatThrownBy(() -> tables.executeSql("SELECT * FROM drive"))
                .hasRootCauseMessage(
                        "column sound BYTES is not one of video's, which are video STRING, frame"
                                + " BIGINT, seconds DOUBLE, width INT, height INT, picture BYTES,"
                                + " label BYTES");
        tables.executeSql("DROP TABLE drive");
        createDrive("frame BIGINT", "source", SAMPLES.resolve("street.mp4").toString(), "cut", "1");
        assertThatThrownBy(() -> tables.executeSql("SELECT * FROM drive"))
                .rootCause()
                .hasMessageStartingWith(
                        "option 'cut' of connector stdc-video is unknown; allowed are source,");
    }
}
