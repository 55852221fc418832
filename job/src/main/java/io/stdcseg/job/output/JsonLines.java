// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.flink.util.function.SerializableFunction;

/** Files of one JSON object per line, each complete when it appears: {@code DIR/PREFIX-….jsonl}. */
public final class JsonLines {

    private static final String SUFFIX = ".jsonl";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonLines() {}

    /**
     * A sink that publishes a file per checkpoint.
     *
     * @param directory where the files go
     * @param prefix of the files' names
     * @param row what Jackson writes for an element, such as a map in the order of its keys
     */
    public static <T> FileSink<T> sink(
            Path directory, String prefix, SerializableFunction<T, ?> row) {
        Encoder<T> encoder = (element, stream) -> write(row.apply(element), stream);
        return FileSink.forRowFormat(new org.apache.flink.core.fs.Path(directory.toUri()), encoder)
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .withOutputFileConfig(
                        OutputFileConfig.builder()
                                .withPartPrefix(prefix)
                                .withPartSuffix(SUFFIX)
                                .build())
                .build();
    }

    /** Removes the files that such sinks published to a folder, and those they did not finish. */
    static void removeAll(Path folder) throws IOException {
        remove(folder, name -> name.endsWith(SUFFIX) || isUnfinished(name));
    }

    /** Removes the files that such sinks did not finish: an attempt that fails leaves them. */
    static void removeUnfinished(Path folder) throws IOException {
        remove(folder, JsonLines::isUnfinished);
    }

    private static boolean isUnfinished(String name) {
        return name.startsWith(".") && name.contains(SUFFIX + ".inprogress.");
    }

    private static void remove(Path folder, Predicate<String> unwanted) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (unwanted.test(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void write(Object row, OutputStream stream) throws IOException {
        stream.write((MAPPER.writeValueAsString(row) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
