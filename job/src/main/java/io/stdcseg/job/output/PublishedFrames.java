// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Kept frames that a run published: what its list names. Whatever else lies in their folder is
 * somebody's own, perhaps what the run reads, and stays.
 */
public final class PublishedFrames {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PublishedFrames() {}

    /** Removes the frames that an earlier run published, or had begun to publish. */
    public static void remove(OutputFolder folder) throws IOException, InterruptedException {
        for (Path list : List.of(folder.keptFrames(), folder.unfinishedFrames())) {
            if (Files.exists(list)) {
                removeListed(folder, Files.readAllLines(list));
                Files.delete(list);
            }
        }
        for (String part : List.of("images", "labels", "")) {
            deleteIfEmpty(folder.frames().resolve(part));
        }
    }

    private static void removeListed(OutputFolder folder, List<String> list)
            throws IOException, InterruptedException {
        try (DurableMoves moves = new DurableMoves("removal of kept frames", folder.resolve(""))) {
            for (String line : list) {
                JsonNode frame = MAPPER.readTree(line);
                for (String part : List.of("image", "label")) {
                    String file = frame.path(part).asText();
                    if (isInside(file)) {
                        moves.delete(folder.frames().resolve(file));
                    }
                }
            }
            moves.await();
        }
    }

    /** A list may have been written by anybody: it names nothing outside. */
    private static boolean isInside(String file) {
        boolean inside = file.startsWith("images/") || file.startsWith("labels/");
        return inside && Arrays.stream(file.split("/")).noneMatch(".."::equals);
    }

    private static void deleteIfEmpty(Path directory) {
        try {
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            return; // It holds what is not ours.
        }
    }
}
