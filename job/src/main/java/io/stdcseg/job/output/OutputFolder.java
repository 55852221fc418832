// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.error.InputException;
import io.stdcseg.file.AtomicFile;
import io.stdcseg.file.FileNames;
import io.stdcseg.frame.Frame;
import io.stdcseg.store.StorePaths;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Output folder of a job: where its files lie, on a file system that all its machines see.
 *
 * <p>What is not finished lies in one hidden staging folder, from which finished files are renamed
 * to their place. Made once per job, in the client: attempts after a failure use the same folder.
 *
 * @param root absolute path of the folder that the user named
 * @param run what no other run has; its hidden folders bear it
 * @param job what no other job has, also where several go on with one run after the other
 */
public record OutputFolder(String root, String run, String job) implements Serializable {

    static final String KEPT_PREFIX = ".resume-";
    static final String REMOVED_SUFFIX = ".removed";

    /** With less a disk is full: what remains is too small for a file, or not this user's. */
    private static final long FULL_BYTES = 1 << 16;

    private static final String STAGING_PREFIX = ".staging-";
    private static final String WEIGHTS_SUFFIX = "-weights";

    /** The folder {@code root}, for a run of its own. */
    public static OutputFolder of(Path root) {
        String token = UUID.randomUUID().toString().substring(0, 8);
        return new OutputFolder(root.toAbsolutePath().normalize().toString(), token, token);
    }

    /** The same for a job that goes on with another one's run. */
    OutputFolder goingOnWith(String other) {
        return new OutputFolder(root, other, job);
    }

    /** Name of the staging folder. */
    public String staging() {
        return STAGING_PREFIX + run;
    }

    /** Name of the staging folder of what becomes playlists, which others do not touch. */
    public String playlistStaging() {
        return staging() + "-hls";
    }

    /** Name of the staging folder of frames that may be kept, which others do not touch. */
    public String frameStaging() {
        return staging() + "-frames";
    }

    /** Path of the folder of copies of weights that came while the job ran. */
    public String weights() {
        return resolve(staging() + WEIGHTS_SUFFIX).toString();
    }

    /**
     * Removes copies of weights, also of jobs before that this one went on with: the run is
     * complete. For the job that holds the folder.
     */
    public void removeWeights() throws IOException {
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(resolve(""), STAGING_PREFIX + "*" + WEIGHTS_SUFFIX)) {
            for (Path copies : found) {
                removeWhole(copies);
            }
        }
    }

    /** Where a run keeps what a later job needs to go on with it. */
    Path kept() {
        return resolve(KEPT_PREFIX + run);
    }

    /**
     * Refuses what can never be a folder; changes nothing.
     *
     * @throws InputException if the root is a file
     */
    public void check() {
        StorePaths.requireReachable(resolve(""));
        if (Files.exists(resolve("")) && !Files.isDirectory(resolve(""))) {
            throw new InputException(
                    "--output " + root + " is a file; a folder, or none yet, is allowed");
        }
    }

    /** A file or folder by its path below the root. */
    public Path resolve(String relative) {
        return StorePaths.path(root).resolve(relative);
    }

    /** A new file of the staging folder, as a path below the root. */
    public String newStaged(String name) {
        return staging() + "/" + name;
    }

    /**
     * Makes sure that no other job writes here; to be called before anything is changed.
     *
     * @throws SuppressRestartsException if one does, or if the folder cannot be written to
     * @throws InputException if the folder's disk is full, which may pass
     */
    public void join() throws InterruptedException {
        try {
            claim().join();
        } catch (InputException e) {
            throw new SuppressRestartsException(e);
        } catch (IOException e) {
            InputException refusal =
                    new InputException(
                            "--output " + root + " cannot be written to: " + e.getMessage(), e);
            throw isFull() ? refusal : new SuppressRestartsException(refusal);
        }
    }

    private boolean isFull() {
        Path folder = resolve("");
        try {
            return FileNames.isNative(folder)
                    && Files.getFileStore(folder).getUsableSpace() < FULL_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    /** As {@link #join}, by the one task that shows the others' jobs that this one lives. */
    public OutputClaim.Holder hold() throws InterruptedException {
        join();
        return new OutputClaim.Holder(claim());
    }

    private OutputClaim claim() {
        return new OutputClaim(resolve(""), job, OutputClaim.PATIENCE);
    }

    /** Milliseconds since 1970 by the clock that gives files their times, whatever others say. */
    public long now() throws IOException {
        Path file = resolve(newStaged("now-" + UUID.randomUUID()));
        AtomicFile.write(file, out -> out.write('\n'));
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } finally {
            Files.delete(file);
        }
    }

    /**
     * Where a stream's masked video goes.
     *
     * @param ending of its name, without a dot
     */
    public Path video(String stream, String ending) {
        return resolve(stream + ".masked." + ending);
    }

    /**
     * Where a part of a stream's masked video goes.
     *
     * @param number of the part, from 0 on
     * @param ending of its name, without a dot
     */
    public Path chunk(String stream, int number, String ending) {
        return resolve(String.format(Locale.ROOT, "%s.masked-%06d.%s", stream, number, ending));
    }

    /** Where a stream's playlist goes, and the media that it lists: a folder. */
    public Path playlist(String stream) {
        return resolve(playlistName(stream));
    }

    /** The same as a path below the root. */
    public String playlistName(String stream) {
        return "hls/" + stream;
    }

    /** Removes a stream's playlist and its media, and the folder of all when it is the last. */
    public void removePlaylist(String stream) throws IOException {
        Path playlist = playlist(stream);
        StorePaths.deleteFolder(playlist);
        try {
            Files.deleteIfExists(playlist.getParent());
        } catch (DirectoryNotEmptyException e) {
            // There are other streams.
        }
    }

    /** Where the mask of a frame goes: named as the picture, or by the frame's index. */
    public Path mask(Frame frame) {
        return picture("masks", frame);
    }

    /** Where it is written how sure the network is of a frame's mask; named as the mask. */
    public Path confidence(Frame frame) {
        return picture("confidence", frame);
    }

    private Path picture(String kind, Frame frame) {
        String name =
                frame.name() == null
                        ? String.format(Locale.ROOT, "%06d", frame.index())
                        : frame.name();
        return resolve(kind).resolve(frame.stream()).resolve(name + ".png");
    }

    /** Where frames that are worth a look go: a folder as a training reads it. */
    public Path frames() {
        return resolve("frames");
    }

    /** The list of what lies there. */
    public Path keptFrames() {
        return frames().resolve("frames.jsonl");
    }

    /** The list while they are being published. */
    public Path unfinishedFrames() {
        return frames().resolve(".frames.jsonl");
    }

    /** The score windows' lines. */
    public LinesFolder scores() {
        return new LinesFolder(resolve("scores").toString(), "scores");
    }

    /** The throughput windows' lines. */
    public LinesFolder throughput() {
        return new LinesFolder(resolve("throughput").toString(), "throughput");
    }

    public Path summary() {
        return resolve("summary.json");
    }

    public Path report() {
        return resolve("report.html");
    }

    /** The page that shows a run while it goes on. */
    public Path livePage() {
        return resolve("live.html");
    }

    /** What that page shows beside the videos. */
    public Path liveStatus() {
        return resolve("live.json");
    }

    /**
     * Removes what is not finished and never will be: the job is over, or failed for good. What
     * another job is at stays.
     */
    public void removeUnfinished() throws IOException {
        removeStaging(staging());
        removeStaging(playlistStaging());
        removeStaging(frameStaging());
        removeStaging(staging() + WEIGHTS_SUFFIX);
        removeWhole(kept());
        if (release()) {
            LinesFolder.remove(scores().unfinished());
            LinesFolder.remove(throughput().unfinished());
            removeUnfinishedReport();
            AtomicFile.removeUnfinished(livePage());
            AtomicFile.removeUnfinished(liveStatus());
        }
    }

    /** Gives the folder free, if it is this job's; what is not finished stays. */
    public boolean release() throws IOException {
        return claim().release();
    }

    /** Removes what processes left that were killed while they wrote one of these files. */
    public void removeUnfinishedReport() throws IOException {
        AtomicFile.removeUnfinished(summary());
        AtomicFile.removeUnfinished(report());
        claim().removeUnfinished();
    }

    /**
     * Removes what other runs left that did not come to their end: nobody will go on with them. For
     * the job that holds the folder.
     */
    public void removeOtherRuns() throws IOException {
        for (String prefix : List.of(KEPT_PREFIX, STAGING_PREFIX)) {
            try (DirectoryStream<Path> found =
                    Files.newDirectoryStream(resolve(""), prefix + "*")) {
                for (Path other : found) {
                    if (!other.getFileName().toString().startsWith(prefix + run)) {
                        removeWhole(other);
                    }
                }
            }
        }
    }

    /** Removes a staging folder; nothing happens if there is none. */
    public void removeStaging(String name) throws IOException {
        removeWhole(resolve(name));
    }

    /** Whether a folder is gone or about to go: then some of its files may be left. */
    public boolean isRemoved(Path folder) {
        return Files.notExists(folder) || Files.exists(removed(folder));
    }

    /**
     * Removes a folder that is marked as removed first: while it is not, all its files are there.
     * On a disk it loses its name, in a store it gets company.
     */
    private static void removeWhole(Path folder) throws IOException {
        if (folder.toString().endsWith(REMOVED_SUFFIX)) {
            StorePaths.deleteFolder(folder);
            return;
        }
        Path removed = removed(folder);
        if (StorePaths.isStored(folder)) {
            if (Files.exists(folder)) {
                AtomicFile.write(removed, out -> out.write('\n'));
            }
            StorePaths.deleteFolder(folder);
            Files.deleteIfExists(removed);
            return;
        }
        StorePaths.deleteFolder(removed);
        try {
            Files.move(folder, removed, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // There never was one, or an earlier attempt removed it.
        }
        StorePaths.deleteFolder(removed);
    }

    private static Path removed(Path folder) {
        return folder.resolveSibling(folder.getFileName() + REMOVED_SUFFIX);
    }
}
