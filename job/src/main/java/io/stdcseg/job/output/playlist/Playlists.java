// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import io.stdcseg.function.throughput.LatencyHistogram;
import io.stdcseg.job.output.OutputFolder;
import java.io.IOException;
import java.util.Set;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.FileUtils;

/** HLS playlists of all streams: a folder for each, which a browser plays while the job runs. */
public final class Playlists implements RunningOutput {

    /** Milliseconds from when a picture was taken until a live playlist has it: half are faster. */
    static final String LATENCY_P50 = "playlistLatencyP50Millis";

    /** The same, of which 95 in 100 are faster. */
    static final String LATENCY_P95 = "playlistLatencyP95Millis";

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final OutputFolder folder;
    private final PlaylistOptions options;
    private final Set<String> streams;
    private transient LatencyHistogram latencies;

    /**
     * @param streams names of those that are known beforehand
     */
    public Playlists(OutputFolder folder, PlaylistOptions options, Set<String> streams) {
        this.folder = folder;
        this.options = options;
        this.streams = Set.copyOf(streams);
    }

    @Override
    public OutputFolder folder() {
        return folder;
    }

    @Override
    public String staging() {
        return folder.playlistStaging();
    }

    @Override
    public void removeEarlier() throws IOException {
        for (String stream : streams) {
            FileUtils.deleteDirectory(folder.playlist(stream).toFile());
        }
    }

    @Override
    public StreamPlaylist begin(String stream) {
        return new StreamPlaylist(folder, stream, options, this::measure);
    }

    @Override
    public StreamPlaylist goOn(String stream, DataInputView state) throws IOException {
        return begin(stream).restore(state);
    }

    @Override
    public void measure(MetricGroup metrics) {
        metrics.gauge(LATENCY_P50, () -> latencies().p50Millis());
        metrics.gauge(LATENCY_P95, () -> latencies().p95Millis());
    }

    private void measure(long millis) {
        synchronized (this) {
            latencies().add(Math.max(0, millis) * NANOS_PER_MILLI);
        }
    }

    private synchronized LatencyHistogram latencies() {
        if (latencies == null) {
            latencies = new LatencyHistogram();
        }
        return latencies;
    }
}
