// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.error.WarnOnce;
import io.stdcseg.file.AtomicFile;
import io.stdcseg.job.output.LatestAttempt;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.commit.Checkpoints;
import io.stdcseg.label.LabelSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Operator that writes {@code live.html} where the job starts, and {@code live.json} every second
 * from then on, also when nothing comes. Runs once per job, at parallelism 1; nothing follows it.
 *
 * <p>The page is there to be looked at: where it cannot be written the job goes on.
 */
public final class LiveWriter extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<LiveEvent, Void>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = LoggerFactory.getLogger(LiveWriter.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long PERIOD_MILLIS = 1000;

    private final OutputFolder folder;
    private final TreeMap<String, String> sources;
    private final LabelSet labels;
    private final Duration stretch;
    private transient ListState<LiveState> state;
    private transient LiveStreams streams;

    /**
     * @param sources of the streams that are known beforehand, by name
     * @param stretch of wall-clock time that rates and shares are of
     */
    public LiveWriter(
            OutputFolder folder, Map<String, String> sources, LabelSet labels, Duration stretch) {
        this.folder = folder;
        this.sources = new TreeMap<>(sources);
        this.labels = labels;
        this.stretch = stretch;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        LatestAttempt attempt = LatestAttempt.of(getRuntimeContext());
        attempt.require();
        folder.join();
        state = Checkpoints.state(context, "live", new LiveState.Serializer());
        streams = new LiveStreams(sources, labels.names(), stretch);
        for (LiveState restored : state.get()) {
            restored.restore(streams);
        }
        attempt.require();
        AtomicFile.removeUnfinished(folder.livePage());
        AtomicFile.removeUnfinished(folder.liveStatus());
        write(folder.livePage(), LivePage.of(labels).getBytes(StandardCharsets.UTF_8));
        writeStatus(false);
    }

    @Override
    public void open() throws Exception {
        super.open();
        getProcessingTimeService()
                .scheduleWithFixedDelay(time -> writeStatus(false), PERIOD_MILLIS, PERIOD_MILLIS);
    }

    @Override
    public void processElement(StreamRecord<LiveEvent> record) {
        streams.add(record.getValue(), now());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.update(List.of(LiveState.of(streams)));
    }

    @Override
    public void endInput() throws Exception {
        writeStatus(true);
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    private void writeStatus(boolean ended) throws IOException {
        write(folder.liveStatus(), MAPPER.writeValueAsBytes(streams.toMap(now(), ended)));
    }

    private static void write(Path file, byte[] content) {
        try {
            AtomicFile.write(file, out -> out.write(content));
        } catch (IOException e) {
            WarnOnce.once(LOGGER, file.toString(), "the live page stands still: " + e.getMessage());
        }
    }
}
