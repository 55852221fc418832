// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Scratch;
import java.io.IOException;
import java.util.Set;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.metrics.MetricGroup;

/** HLS playlists of all streams: a folder for each, which a browser plays while the job runs. */
public final class Playlists implements RunningOutput {

    private final OutputFolder folder;
    private final PlaylistOptions options;
    private final Set<String> streams;
    private transient LiveLatency latency;

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
    public boolean holdsSegments() {
        return true;
    }

    @Override
    public void removeEarlier() throws IOException {
        for (String stream : streams) {
            folder.removePlaylist(stream);
        }
    }

    @Override
    public StreamPlaylist begin(String stream, Scratch scratch) {
        return new StreamPlaylist(folder, stream, options, latency());
    }

    @Override
    public StreamPlaylist goOn(String stream, Scratch scratch, DataInputView state)
            throws IOException {
        return begin(stream, scratch).restore(state);
    }

    @Override
    public void measure(MetricGroup metrics) {
        latency().register(metrics);
    }

    private LiveLatency latency() {
        if (latency == null) {
            latency = new LiveLatency();
        }
        return latency;
    }
}
