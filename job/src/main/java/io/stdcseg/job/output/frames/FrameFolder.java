// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.frames;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.error.InputException;
import io.stdcseg.file.AtomicFile;
import io.stdcseg.frame.FrameQuality;
import io.stdcseg.job.output.DurableMoves;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.PublishedFrames;
import io.stdcseg.metric.Scores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Folder of the kept frames as a training reads it: {@code images}, {@code labels} of the same
 * names, and beside them {@code frames.jsonl}, which says of each why it is there.
 */
final class FrameFolder {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FrameFolder() {}

    /**
     * Replaces what a run published before; where the list is, everything is. The files that frames
     * come from stay: a job may go on from a checkpoint that needs them.
     *
     * @throws SuppressRestartsException if there is a file of a frame's name that no run published
     */
    static void publish(OutputFolder folder, List<KeptFrame> frames)
            throws IOException, InterruptedException {
        PublishedFrames.remove(folder);
        Set<String> files = new HashSet<>();
        StringBuilder list = new StringBuilder();
        for (KeptFrame frame : frames) {
            files.add(frame.publishedImage());
            files.add(frame.publishedLabel());
            list.append(line(frame)).append('\n');
        }
        requireFree(folder, files::contains);
        write(list, folder.unfinishedFrames());
        copy(folder, frames);
        write(list, folder.keptFrames());
        Files.delete(folder.unfinishedFrames());
    }

    /**
     * Refuses a folder where frames of these streams may meet files that no run published.
     *
     * @throws SuppressRestartsException if there is one
     */
    static void requireFree(OutputFolder folder, Set<String> streams) throws IOException {
        requireFree(folder, file -> streams.contains(KeptFrame.streamOfPublished(file)));
    }

    private static void requireFree(OutputFolder folder, Predicate<String> taken)
            throws IOException {
        for (String part : List.of("images", "labels")) {
            Path files = folder.frames().resolve(part);
            if (Files.isDirectory(files)) {
                try (DirectoryStream<Path> there = Files.newDirectoryStream(files)) {
                    for (Path file : there) {
                        requireNot(taken.test(part + "/" + file.getFileName()), file);
                    }
                }
            }
        }
    }

    private static void requireNot(boolean taken, Path file) {
        if (taken) {
            // What is whose does not change with a restart.
            throw new SuppressRestartsException(
                    new InputException(
                            file
                                    + " has a kept frame's name, and no run published it; move it,"
                                    + " or give another --output, to keep frames"));
        }
    }

    private static void copy(OutputFolder folder, List<KeptFrame> frames)
            throws IOException, InterruptedException {
        Path target = folder.frames();
        try (DurableMoves moves = new DurableMoves("copies of kept frames", folder.resolve(""))) {
            for (KeptFrame frame : frames) {
                moves.copy(folder.resolve(frame.image()), target.resolve(frame.publishedImage()));
                moves.copy(folder.resolve(frame.label()), target.resolve(frame.publishedLabel()));
            }
            moves.await();
        }
    }

    private static void write(CharSequence list, Path to) throws IOException {
        AtomicFile.writeDurably(
                to, out -> out.write(list.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String line(KeptFrame frame) throws JsonProcessingException {
        FrameQuality quality = frame.quality();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("image", frame.publishedImage());
        line.put("label", frame.publishedLabel());
        line.put("stream", frame.stream());
        line.put("frame", frame.index());
        line.put("picture", frame.name());
        line.put("seconds", frame.seconds());
        line.put("worth", frame.worth().value());
        line.put("reason", frame.worth().reason().key());
        line.put("miou", Scores.orNull(quality.miou()));
        line.put("pixelAccuracy", Scores.orNull(quality.pixelAccuracy()));
        line.put("stability", Scores.orNull(quality.stability()));
        line.put("temporalConsistency", Scores.orNull(quality.temporalConsistency()));
        line.put("uncertainShare", Scores.orNull(quality.uncertainShare()));
        return MAPPER.writeValueAsString(line);
    }
}
