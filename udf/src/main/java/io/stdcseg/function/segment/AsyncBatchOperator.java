// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.error.InputException;
import io.stdcseg.function.telemetry.StallClock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Asynchronous operator in order: hands elements to an {@link AsyncBatchFunction} one by one and
 * lets the results out in their order. Whatever else arrives, such as watermarks, queues behind the
 * elements before it.
 *
 * <p>Elements in flight never enter a checkpoint: before a barrier passes, and at the end of input,
 * the operator waits until everything has left. They therefore are no state, and need no
 * serializer.
 *
 * <p>The task's thread owns everything here. Futures complete in other threads, which only ask the
 * task's mailbox to have a look, once until it has looked.
 */
public class AsyncBatchOperator<IN, OUT> extends AbstractStreamOperator<OUT>
        implements OneInputStreamOperator<IN, OUT>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** Gauge: elements submitted by this subtask whose results have not left yet. */
    static final String IN_FLIGHT = "inFlight";

    private static final long CLOSE_SECONDS = 30;

    private final AsyncBatchFunction<IN, OUT> function;
    private final int capacity;
    private final transient MailboxExecutor mailbox;
    private final transient OutputQueue<OUT> queue = new OutputQueue<>();
    private final transient StallClock stall =
            new StallClock(System::nanoTime, () -> queue.results() > 0);
    private final transient AtomicBoolean lookRequested = new AtomicBoolean();
    private final transient StreamRecord<OUT> outgoing = new StreamRecord<>(null);
    private transient int inFlight;

    AsyncBatchOperator(
            StreamOperatorParameters<OUT> parameters,
            AsyncBatchFunction<IN, OUT> function,
            int capacity) {
        super(parameters);
        this.function = function;
        this.capacity = capacity;
        this.mailbox = parameters.getMailboxExecutor();
    }

    @Override
    public void open() throws Exception {
        super.open();
        getMetricGroup().gauge(IN_FLIGHT, queue::results);
        stall.register(getMetricGroup());
        try {
            inFlight = function.open(getRuntimeContext(), capacity);
        } catch (InputException e) {
            throw new SuppressRestartsException(e);
        }
    }

    @Override
    public void processElement(StreamRecord<IN> record) throws Exception {
        // The record object may be used again by whoever sent it; its parts are kept instead.
        IN element = record.getValue();
        Long timestamp = record.hasTimestamp() ? record.getTimestamp() : null;
        String description = function.describe(element);
        submit(element, timestamp, description);
        emitDone();
    }

    private void submit(IN element, Long timestamp, String description) throws Exception {
        CompletableFuture<OUT> result;
        try {
            while (queue.results() >= inFlight) {
                mailbox.yield();
            }
        } catch (Exception | Error e) {
            OutputQueue.release(element);
            throw e;
        }
        try {
            result = function.apply(element);
        } catch (InterruptedException | Error e) {
            OutputQueue.release(element);
            throw e;
        } catch (Exception e) {
            OutputQueue.release(element);
            throw ElementFailure.of(description, e);
        }
        if (queue.results() == 0) {
            stall.progress();
        }
        queue.addResult(result, description, timestamp);
        if (!result.isDone()) {
            // The queue holds the result, failed or not, and reports it; this only says when.
            CompletableFuture<OUT> unused = result.whenComplete((value, error) -> requestLook());
        }
    }

    /** Runs in any thread. */
    private void requestLook() {
        if (lookRequested.compareAndSet(false, true)) {
            try {
                mailbox.execute(this::look, "results of %s", getOperatorName());
            } catch (RejectedExecutionException e) {
                // The task has ended: close() has closed what was on its way, or will.
                LOG.debug("a result came after the end of {}", getOperatorName(), e);
            }
        }
    }

    private void look() throws Exception {
        // First, so that what completes from here on asks again.
        lookRequested.set(false);
        emitDone();
    }

    private void emitDone() throws Exception {
        queue.emitDone(this::emit);
    }

    private void emit(OUT result, Long timestamp) {
        stall.progress();
        outgoing.replace(result);
        if (timestamp == null) {
            outgoing.eraseTimestamp();
        } else {
            outgoing.setTimestamp(timestamp);
        }
        output.collect(outgoing);
    }

    private void afterWhatIsInFlight(ThrowingRunnable<Exception> event) throws Exception {
        queue.addEvent(event);
        emitDone();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        afterWhatIsInFlight(() -> super.processWatermark(mark));
    }

    @Override
    public void processWatermark(WatermarkEvent watermark) throws Exception {
        afterWhatIsInFlight(() -> super.processWatermark(watermark));
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        afterWhatIsInFlight(() -> super.processWatermarkStatus(status));
    }

    @Override
    public void processLatencyMarker(LatencyMarker marker) throws Exception {
        afterWhatIsInFlight(() -> super.processLatencyMarker(marker));
    }

    @Override
    public void processRecordAttributes(RecordAttributes attributes) throws Exception {
        afterWhatIsInFlight(() -> super.processRecordAttributes(attributes));
    }

    /**
     * Waits here, before the barrier, until nothing is in flight. The barrier's own mail has a
     * lower priority than this operator's, so it cannot run inside the wait.
     */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        drain();
    }

    @Override
    public void endInput() throws Exception {
        drain();
    }

    @Override
    public void finish() throws Exception {
        drain();
        super.finish();
    }

    private void drain() throws Exception {
        emitDone();
        if (!queue.isEmpty()) {
            function.flush();
        }
        while (!queue.isEmpty()) {
            mailbox.yield();
            emitDone();
        }
    }

    /**
     * Closes the function, and waits a while for what is on its way: those who work on it should
     * find this job's classes still there. Results that come even later are closed as they come.
     */
    @Override
    public void close() throws Exception {
        if (!queue.isEmpty()) {
            function.flush();
        }
        CompletableFuture<Void> released = queue.abandon();
        try {
            function.close();
            released.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "{} closes with results on their way after {} s",
                    getOperatorName(),
                    CLOSE_SECONDS);
        } catch (ExecutionException e) {
            LOG.warn("{} could not give back its results", getOperatorName(), e.getCause());
        } finally {
            super.close();
        }
    }
}
