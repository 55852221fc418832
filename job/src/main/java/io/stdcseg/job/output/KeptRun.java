// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.file.AtomicFile;
import io.stdcseg.file.DurableFiles;
import io.stdcseg.store.StorePaths;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;

/**
 * Run that did not come to its end, as it lies in its output folder: a later job can go on with it.
 *
 * <p>Until it is complete a run keeps, in a hidden folder, its options and its last checkpoint;
 * checkpoints are numbered through, whichever of its jobs took them.
 *
 * @param folder the output folder, for the job that goes on
 * @param options that decide its results, by name
 * @param checkpoint its last checkpoint; null if there is none yet
 */
public record KeptRun(OutputFolder folder, Map<String, String> options, Path checkpoint) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String OPTIONS = "options.json";
    private static final String METADATA = AbstractFsCheckpointStorageAccess.METADATA_FILE_NAME;

    /** Below the run's folder: the folder of checkpoints, of a job in it, of one of these. */
    private static final int DEPTH = 4;

    public KeptRun {
        options = new TreeMap<>(options);
    }

    /** Begins to keep the run of a job that starts anew. */
    public static void begin(OutputFolder folder, Map<String, String> options) throws IOException {
        byte[] text = MAPPER.writeValueAsBytes(new TreeMap<>(options));
        AtomicFile.writeDurably(folder.kept().resolve(OPTIONS), out -> out.write(text));
        DurableFiles.createFolders(checkpoints(folder));
    }

    /** Where a job of the run puts its checkpoints. */
    public static Path checkpoints(OutputFolder folder) {
        return folder.kept().resolve("checkpoints");
    }

    /** The run that was not completed in an output folder; null if there is none. */
    public static KeptRun find(OutputFolder folder) throws IOException {
        if (!Files.isDirectory(folder.resolve(""))) {
            return null;
        }
        try (DirectoryStream<Path> kept =
                Files.newDirectoryStream(folder.resolve(""), OutputFolder.KEPT_PREFIX + "*")) {
            for (Path run : kept) {
                boolean going = run.toString().endsWith(OutputFolder.REMOVED_SUFFIX);
                if (!going && !folder.isRemoved(run) && Files.exists(run.resolve(OPTIONS))) {
                    return read(folder, run);
                }
            }
        }
        return null;
    }

    private static KeptRun read(OutputFolder folder, Path run) throws IOException {
        Map<String, String> options =
                MAPPER.readValue(
                        Files.readAllBytes(run.resolve(OPTIONS)), new TypeReference<>() {});
        List<Numbered> checkpoints = checkpointsIn(run);
        String name = run.getFileName().toString().substring(OutputFolder.KEPT_PREFIX.length());
        return new KeptRun(
                folder.goingOnWith(name),
                options,
                checkpoints.isEmpty() ? null : checkpoints.get(checkpoints.size() - 1).path());
    }

    /** Removes all checkpoints but the last: the run goes on from there. */
    public void removeOlderCheckpoints() throws IOException {
        for (Numbered other : checkpointsIn(folder.kept())) {
            if (!other.path().equals(checkpoint)) {
                StorePaths.deleteFolder(other.path());
            }
        }
    }

    private static List<Numbered> checkpointsIn(Path run) throws IOException {
        List<Numbered> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(run, DEPTH)) {
            for (Path file : files.filter(path -> path.endsWith(METADATA)).toList()) {
                found.add(new Numbered(number(file), file.getParent()));
            }
        }
        found.sort(Comparator.comparingLong(Numbered::number));
        return found;
    }

    private static long number(Path metadata) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata)))) {
            return Checkpoints.loadCheckpointMetadata(
                            in, KeptRun.class.getClassLoader(), metadata.getParent().toString())
                    .getCheckpointId();
        }
    }

    private record Numbered(long number, Path path) {}
}
