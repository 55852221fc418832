// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.error.InputException;
import io.stdcseg.job.options.KafkaOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.options.SourceOptions;
import io.stdcseg.job.output.EarlierResults;
import io.stdcseg.job.output.KeptRun;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Start of a run in this JVM: anew, or going on with one in the output folder. Decided here alone,
 * by what the user asks for and what lies in the folder; on a cluster {@code flink run -s} says it,
 * and operators hear of it as they are restored.
 *
 * @param folder where the run writes
 * @param checkpoint to go on from; null to start anew
 * @param complete whether nothing is left to do
 */
record RunStart(OutputFolder folder, Path checkpoint, boolean complete) {

    /** Names of options that a run may get on its way, and keeps from there on. */
    private static final Set<String> ADDABLE = Set.of(KafkaOptions.KAFKA_TOPIC.key());

    /**
     * Decides; changes no file.
     *
     * @throws InputException if the folder holds no run to go on with, or one with other options
     */
    static RunStart decide(
            SegmentSettings settings, List<PlannedStream> streams, OutputFolder folder)
            throws IOException {
        if (!settings.resume()) {
            return new RunStart(folder, null, false);
        }
        KeptRun kept = KeptRun.find(folder);
        if (kept != null) {
            requireSame(kept, options(settings, streams));
        }
        if (kept != null && kept.checkpoint() != null) {
            requireWhole(kept, settings);
            return new RunStart(kept.folder(), kept.checkpoint(), false);
        }
        if (isComplete(folder)) {
            requireSameStreams(folder, streams);
            return new RunStart(folder, null, true);
        }
        if (kept == null) {
            throw new InputException(
                    "--resume: --output "
                            + folder.root()
                            + " holds no run to go on with; without --resume one begins");
        }
        return new RunStart(folder, null, false);
    }

    /** Makes the folder ready, for the job that has it: what is not needed any more goes. */
    void prepare(SegmentSettings settings, List<PlannedStream> streams)
            throws IOException, InterruptedException {
        if (checkpoint == null) {
            new EarlierResults(folder).remove();
        } else {
            KeptRun.find(folder).removeOlderCheckpoints();
        }
        // Again where a run goes on: what was added has state from now on.
        KeptRun.begin(folder, options(settings, streams));
    }

    /** Sources are what they lead to: a pattern may find other files by now. */
    private static Map<String, String> options(
            SegmentSettings settings, List<PlannedStream> streams) {
        Map<String, String> options = new TreeMap<>(settings.deciding());
        if (settings.watch()) {
            return options;
        }
        options.put(
                SourceOptions.SOURCE.key(),
                streams.stream().map(RunStart::text).collect(Collectors.joining("\n")));
        return options;
    }

    /** That of a live stream may hold credentials. */
    private static String text(PlannedStream stream) {
        return stream.kind() == StreamKind.LIVE
                ? stream.source()
                : stream.path() + "*" + stream.pictures().size();
    }

    private static void requireSame(KeptRun kept, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(now.keySet());
        names.addAll(kept.options().keySet());
        List<String> others =
                names.stream()
                        .filter(name -> !Objects.equals(now.get(name), kept.options().get(name)))
                        .filter(name -> !ADDABLE.contains(name) || kept.options().get(name) != null)
                        .map(name -> difference(name, kept.options().get(name), now.get(name)))
                        .toList();
        if (!others.isEmpty()) {
            throw new InputException(
                    "--resume: the run in "
                            + kept.folder().root()
                            + " began "
                            + String.join(" and ", others)
                            + "; the options it began with are allowed, or others without"
                            + " --resume");
        }
    }

    /** What is told of a video has to be told from its first frame on. */
    private static void requireWhole(KeptRun kept, SegmentSettings settings) {
        if (settings.kafka() != null
                && settings.encodes()
                && !kept.options().containsKey(KafkaOptions.KAFKA_TOPIC.key())) {
            throw new InputException(
                    "--resume: the run in "
                            + kept.folder().root()
                            + " began without --kafka-servers, which may come only to one that"
                            + " writes no masked video; to go on without it is allowed, or to begin"
                            + " anew");
        }
    }

    private static String difference(String name, String before, String now) {
        if (name.equals(SourceOptions.SOURCE.key())) {
            return "with other files than --source finds now";
        }
        if (before == null) {
            return "without --" + name + " " + now;
        }
        return "with --" + name + " " + before + (now == null ? "" : ", not " + now);
    }

    /** Of a run that is complete only its results are left. */
    private static void requireSameStreams(OutputFolder folder, List<PlannedStream> streams)
            throws IOException {
        Set<String> names = new HashSet<>(summary(folder).path("streams").findValuesAsText("name"));
        if (!streams.stream().map(PlannedStream::name).collect(Collectors.toSet()).equals(names)) {
            throw new InputException(
                    "--resume: the run in "
                            + folder.root()
                            + " is complete, and had other files than --source finds now; another"
                            + " --output is allowed, or this one without --resume");
        }
    }

    /** Whether a run in the folder came to its end; its videos may not have. */
    static boolean isComplete(OutputFolder folder) throws IOException {
        return Files.exists(folder.summary())
                && !summary(folder).path("interrupted").asBoolean(false);
    }

    private static JsonNode summary(OutputFolder folder) throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(folder.summary()));
    }
}
