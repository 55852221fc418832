// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import io.stdcseg.error.InputException;
import io.stdcseg.file.AtomicFile;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.job.output.EarlierResults;
import io.stdcseg.job.output.LatestAttempt;
import io.stdcseg.job.output.OutputClaim;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.label.LabelSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.util.SimpleVersionedListState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Operator that adds up the run and writes {@code summary.json} and, if asked, {@code report.html}
 * when all input has ended, be it early because the job is drained. Runs once per job, at
 * parallelism 1; nothing follows it.
 *
 * <p>Every job has one, so it is also what removes an earlier run's results: where it starts
 * without a checkpoint, never where it goes on from one.
 */
public final class ReportWriter extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<ReportEvent, Void>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** Ours, so that it is heard where Flink's is off. */
    private static final Logger LOGGER = LoggerFactory.getLogger(ReportWriter.class);

    /** How many streams a line names. */
    private static final int NAMED = 5;

    private final EarlierResults earlier;
    private final OutputFolder folder;
    private final ExpectedStreams expected;
    private final LabelSet labels;
    private final Map<String, String> settings;
    private final boolean labelled;
    private final double boundary;
    private final boolean page;
    private final boolean holding;
    private final FramePictures frames;
    private transient ListState<RunTotals> state;
    private transient RunTotals totals;
    private transient OutputClaim.Holder claim;
    private transient boolean ended;
    private transient long endCheckpoint;

    /**
     * @param earlier what to remove from the output folder where the job starts anew
     * @param settings what the run was asked to do, by option; for the page
     * @param labelled whether there are labels to score by
     * @param boundary how far boundaries reach, as a share of the diagonal
     * @param page whether to write the page besides the summary
     * @param frames pictures of kept frames, for the page; null where none are kept
     * @param holding whether it holds the output folder for the job: no committer of whole streams
     *     does, which would end after it; others end before it
     */
    public ReportWriter(
            EarlierResults earlier,
            ExpectedStreams expected,
            LabelSet labels,
            Map<String, String> settings,
            boolean labelled,
            double boundary,
            boolean page,
            FramePictures frames,
            boolean holding) {
        this.earlier = earlier;
        this.folder = earlier.folder();
        this.expected = expected;
        this.labels = labels;
        this.settings = settings;
        this.labelled = labelled;
        this.boundary = boundary;
        this.page = page;
        this.frames = frames;
        this.holding = holding;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        LatestAttempt attempt = LatestAttempt.of(getRuntimeContext());
        attempt.require();
        if (holding) {
            claim = folder.hold();
        } else {
            folder.join();
        }
        folder.removeUnfinishedReport();
        state =
                new SimpleVersionedListState<>(
                        context.getOperatorStateStore()
                                .getListState(
                                        new ListStateDescriptor<>(
                                                "totals", BytePrimitiveArraySerializer.INSTANCE)),
                        new RunTotalsSerializer());
        totals = new RunTotals();
        if (!context.isRestored()) {
            attempt.require();
            removeEarlierResults();
        }
        for (RunTotals restored : state.get()) {
            totals = restored;
        }
        if (getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
            totals.goOn();
        }
    }

    private void removeEarlierResults() throws InterruptedException {
        try {
            earlier.remove();
        } catch (InputException e) {
            throw new SuppressRestartsException(e);
        }
    }

    @Override
    public void processElement(StreamRecord<ReportEvent> record) {
        if (claim != null) {
            claim.check();
        }
        totals.add(record.getValue());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.update(List.of(totals));
        if (ended && endCheckpoint == 0) {
            endCheckpoint = context.getCheckpointId();
        }
    }

    @Override
    public void endInput() throws Exception {
        if (labelled) {
            warnOfUnlabelledStreams();
        }
        write(folder.summary(), Summary.json(totals, labels, expected, boundary));
        if (page) {
            write(
                    folder.report(),
                    ReportPage.of(
                            totals,
                            labels,
                            expected,
                            settings,
                            boundary,
                            frames == null ? null : frames.data(folder)));
        }
        ended = true;
    }

    /** Everything has its place: nobody goes on from here with weights that came while it ran. */
    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        if (endCheckpoint > 0 && checkpointId >= endCheckpoint) {
            try {
                folder.removeWeights();
            } catch (IOException e) {
                // The run is over, and its results are there.
                LOGGER.warn("copies of weights stay in the output folder: {}", e.toString());
            }
        }
    }

    @Override
    public void close() throws Exception {
        if (claim != null && ended) {
            claim.release();
        } else if (claim != null) {
            claim.close();
        }
        super.close();
    }

    private void warnOfUnlabelledStreams() {
        List<String> unlabelled =
                totals.streams().stream()
                        .filter(stream -> stream.frames() > 0 && stream.labelledFrames() == 0)
                        .map(StreamTotals::stream)
                        .toList();
        if (totals.frames() > 0 && totals.labelledFrames() == 0) {
            LOGGER.warn(
                    "none of the labels belongs to a frame: {} frames are not scored",
                    totals.frames());
        } else if (!unlabelled.isEmpty()) {
            LOGGER.warn(
                    "none of the labels belongs to a frame of {}{}: they are not scored",
                    String.join(", ", unlabelled.subList(0, Math.min(NAMED, unlabelled.size()))),
                    unlabelled.size() > NAMED
                            ? " and " + (unlabelled.size() - NAMED) + " more"
                            : "");
        }
    }

    private static void write(Path target, String content) throws IOException {
        AtomicFile.writeDurably(target, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }
}
