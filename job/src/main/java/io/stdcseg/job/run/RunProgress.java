// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.job.process.ProgressLine;
import io.stdcseg.job.process.ProgressLine.State;
import io.stdcseg.job.source.plan.SourceSpec;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.flink.core.execution.JobClient;

/** Progress of a run on the standard error: what it is starting, then its frames. */
final class RunProgress implements AutoCloseable {

    private final SourceSpec sources;
    private final BooleanSupplier networkLoaded;
    private final ProgressLine line;
    private volatile JobClient job;

    private RunProgress(SourceSpec sources, BooleanSupplier networkLoaded) {
        this.sources = sources;
        this.networkLoaded = networkLoaded;
        this.line = ProgressLine.start(this::state);
    }

    /**
     * Begins to show it, until closed.
     *
     * @param networkLoaded whether the network is there
     */
    static RunProgress begin(SourceSpec sources, BooleanSupplier networkLoaded) {
        return new RunProgress(sources, networkLoaded);
    }

    /** The cluster has the job. */
    void submitted(JobClient submitted) {
        job = submitted;
    }

    private State state() {
        if (job == null) {
            return State.starting("starting Flink");
        }
        try {
            State frames =
                    FrameCounts.of(
                            job.getAccumulators().get(1, TimeUnit.SECONDS),
                            sources.endless() ? 0 : sources.streams().size());
            return frames.done() > 0 ? frames : beforeTheFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null; // between two attempts there is nothing to show
        }
    }

    private State beforeTheFirst() {
        return State.starting(
                networkLoaded.getAsBoolean() ? "waiting for the first frame" : "loading network");
    }

    @Override
    public void close() {
        line.close();
    }
}
