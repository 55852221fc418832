// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.engine.SpoiledDeviceError;
import io.stdcseg.error.InputException;
import io.stdcseg.error.WarnOnce;
import io.stdcseg.function.segment.ElementFailure;
import io.stdcseg.function.segment.PictureMask;
import io.stdcseg.inference.SharedNetwork;
import io.stdcseg.inference.SharedNetworks;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.metric.Scores;
import io.stdcseg.picture.Picture;
import io.stdcseg.picture.PictureReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.AsyncTableFunction;
import org.apache.flink.types.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SQL function {@code SEGMENT(picture [, options])}: a picture's file in, a row with its mask out.
 *
 * <pre>
 * SELECT m.* FROM pictures, LATERAL TABLE(SEGMENT(picture, MAP['precision', 'int8'])) AS m
 * </pre>
 *
 * <p>The mask is a PNG of train ids, {@code shares} has each class's part of it. Options are those
 * of the network, as on the command line. Pictures of all calls of a process that have the same
 * options meet in the batches of one network; Flink's {@code
 * table.exec.async-table.max-concurrent-operations} is how many a slot may have on their way. No
 * picture, no row. A picture that cannot be read ends the job, unless {@code ignore-parse-errors}
 * says that its row has NULL in every column, as that option of Flink's formats does.
 */
@FunctionHint(
        output =
                @DataTypeHint(
                        "ROW<mask BYTES, width INT, height INT,"
                                + " shares MAP<STRING NOT NULL, DOUBLE>>"))
public final class Segment extends AsyncTableFunction<Row> {

    private static final long serialVersionUID = 1L;

    /** In whose name SQL's networks are shared: functions do not learn which job they are of. */
    private static final String SHARED_BY = "sql";

    private static final ConfigOption<Boolean> IGNORE_PARSE_ERRORS =
            ConfigOptions.key("ignore-parse-errors").booleanType().defaultValue(false);

    private static final List<CliOption<?>> OPTIONS = options();

    private static final Logger LOG = LoggerFactory.getLogger(Segment.class);

    private transient Map<Map<String, String>, Network> networks;

    /** A network, what its classes are called, and whether what is no picture has NULL. */
    private record Network(
            SharedNetwork.Lease lease, List<String> classes, boolean ignoresParseErrors) {}

    /** Segments by the default weights. */
    public void eval(CompletableFuture<Collection<Row>> result, byte[] picture) {
        eval(result, picture, Map.of());
    }

    /** Segments as the options say. */
    public void eval(
            CompletableFuture<Collection<Row>> result,
            byte[] picture,
            @DataTypeHint("MAP<STRING NOT NULL, STRING NOT NULL>") Map<String, String> options) {
        if (picture == null) {
            result.complete(List.of());
            return;
        }
        try {
            Network network = network(options);
            Optional<Picture> read = read(picture, network.ignoresParseErrors());
            if (read.isEmpty()) {
                result.complete(List.of(Row.of(null, null, null, null)));
            } else {
                complete(result, segment(network, read.get()));
            }
        } catch (RuntimeException | SpoiledDeviceError e) {
            complete(result, CompletableFuture.failedFuture(e));
        }
    }

    /** Completes {@code result} with the row, or with what fails the job as it should. */
    static void complete(
            CompletableFuture<Collection<Row>> result, CompletableFuture<Row> segmented) {
        CompletableFuture<Row> unused =
                segmented.whenComplete(
                        (row, error) -> {
                            if (error == null) {
                                result.complete(List.of(row));
                            } else {
                                result.completeExceptionally(
                                        ElementFailure.of("picture of SEGMENT", error));
                            }
                        });
    }

    /** Empty if it cannot be read and that may be. */
    private static Optional<Picture> read(byte[] picture, boolean ignoresParseErrors) {
        try {
            return Optional.of(PictureReader.read("of SEGMENT", picture));
        } catch (InputException e) {
            if (!ignoresParseErrors) {
                throw e;
            }
            WarnOnce.once(LOG, "SEGMENT", e.getMessage() + "; NULL for it, and others like it");
            return Optional.empty();
        }
    }

    private Network network(Map<String, String> options) {
        if (networks == null) {
            networks = new HashMap<>();
        }
        return networks.computeIfAbsent(options, Segment::acquire);
    }

    private static Network acquire(Map<String, String> options) {
        Configuration parsed = SqlOptions.parse("SEGMENT", options, OPTIONS);
        SegmenterOptions segmenter = SegmenterWeights.resolve(NetworkOptions.segmenter(parsed));
        return new Network(
                SharedNetworks.ofProcess().acquire(SHARED_BY, segmenter),
                segmenter.labels().names(),
                parsed.get(IGNORE_PARSE_ERRORS));
    }

    private static List<CliOption<?>> options() {
        List<CliOption<?>> options = new ArrayList<>(NetworkOptions.ALL);
        options.add(CliOption.flag(IGNORE_PARSE_ERRORS));
        return List.copyOf(options);
    }

    private static CompletableFuture<Row> segment(Network network, Picture picture) {
        int width = picture.width();
        int height = picture.height();
        byte[] ids = new byte[width * height];
        return network.lease()
                .segment(
                        new SegmentRequest(
                                width,
                                height,
                                ByteBuffer.wrap(picture.rgb()),
                                ByteBuffer.wrap(ids)))
                .thenApply(
                        call -> {
                            double[] shares =
                                    new PictureMask(width, height, ids)
                                            .shares(network.classes().size());
                            return Row.of(
                                    PictureBytes.png(width, height, ByteBuffer.wrap(ids)),
                                    width,
                                    height,
                                    Scores.byName(network.classes(), shares));
                        });
    }

    @Override
    public void close() {
        if (networks != null) {
            networks.values().forEach(network -> network.lease().close());
            networks = null;
        }
    }
}
