// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.function.segment.ManualFunction.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributesBuilder;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncBatchOperatorTest {

    private final ManualFunction function = new ManualFunction();
    private OneInputStreamOperatorTestHarness<Item, Item> harness;
    private MailboxExecutor mailbox;

    @BeforeEach
    void open() throws Exception {
        harness = harness(function);
        harness.open();
        mailbox =
                new MailboxExecutorImpl(
                        harness.getTaskMailbox(), 0, StreamTaskActionExecutor.IMMEDIATE);
    }

    @AfterEach
    void close() throws Exception {
        function.completeAll();
        harness.close();
    }

    @Test
    void resultsKeepTheOrderOfTheirElements() throws Exception {
        send("a", "b", "c");

        function.complete(2);
        function.complete(1);
        runMails();
        assertThat(output()).isEmpty();

        function.complete(0);
        assertThat(output()).as("only the task's thread emits").isEmpty();
        runMails();
        assertThat(output()).containsExactly("a", "b", "c");
    }

    @Test
    void manyCompletionsAskForOneLook() throws Exception {
        send("a", "b", "c");

        function.completeAll();

        assertThat(mailbox.tryYield()).isTrue();
        assertThat(harness.getTaskMailbox().hasMail()).isFalse();
        assertThat(output()).hasSize(3);
    }

    @Test
    void aResultThatIsThereAtOnceNeedsNoMail() throws Exception {
        send("marker1");

        assertThat(output()).containsExactly("marker1");
        assertThat(harness.getTaskMailbox().hasMail()).isFalse();
    }

    @Test
    void nothingOvertakesAnElement() throws Exception {
        RecordAttributes attributes =
                new RecordAttributesBuilder(List.of()).setBacklog(true).build();
        send("a", "marker");
        harness.processWatermark(7);
        harness.processWatermarkStatus(WatermarkStatus.IDLE);
        harness.processRecordAttributes(attributes);
        harness.getOneInputOperator()
                .processLatencyMarker(new LatencyMarker(1, new OperatorID(), 0));
        assertThat(harness.getOutput()).isEmpty();

        function.complete(0);
        runMails();

        List<Object> seen = new ArrayList<>(harness.getOutput());
        assertThat(output()).containsExactly("a", "marker");
        assertThat(seen.get(2)).isEqualTo(new Watermark(7));
        assertThat(seen.get(3)).isEqualTo(WatermarkStatus.IDLE);
        assertThat(seen.get(4)).isEqualTo(attributes);
        assertThat(seen.get(5)).isInstanceOf(LatencyMarker.class);
    }

    @Test
    void timestampsStayWithTheirElementsThoughRecordsAreReused() throws Exception {
        StreamRecord<Item> reused = new StreamRecord<>(new Item("a"), 5);
        harness.processElement(reused);
        harness.processElement(reused.replace(new Item("b")));
        reused.replace(new Item("c"), 9);
        harness.processElement(new StreamRecord<>(new Item("d")));

        function.completeAll();
        runMails();

        assertThat(harness.getRecordOutput())
                .extracting(record -> record.hasTimestamp() ? record.getTimestamp() : null)
                .containsExactly(5L, 5L, null);
        assertThat(output()).containsExactly("a", "b", "d");
    }

    @Test
    void waitsForRoomOnceItsCapacityIsInFlight() throws Exception {
        send("a", "b", "c");
        mailbox.execute(() -> function.complete(1), "the second is done first");
        mailbox.execute(
                () -> {
                    assertThat(function.applied).hasSize(3);
                    function.complete(0);
                },
                "the first is done");

        send("d");

        assertThat(function.applied).hasSize(4);
        assertThat(output()).containsExactly("a", "b");
    }

    @Test
    void aCheckpointWaitsUntilNothingIsInFlight() throws Exception {
        function.onFlush = function::completeAll;
        send("a", "b");

        harness.prepareSnapshotPreBarrier(1);
        assertThat(output()).containsExactly("a", "b");
        assertThat(function.calls).containsExactly("open", "flush");

        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        assertThat(snapshot.getManagedOperatorState().isEmpty()).isTrue();
        assertThat(snapshot.getManagedKeyedState().isEmpty()).isTrue();
    }

    @Test
    void aCheckpointWithNothingInFlightFlushesNothing() throws Exception {
        harness.prepareSnapshotPreBarrier(1);

        assertThat(function.calls).containsExactly("open");
    }

    @Test
    void anEarlierRunsSnapshotRestoresToAnEmptyOperator() throws Exception {
        function.onFlush = function::completeAll;
        send("a");
        harness.prepareSnapshotPreBarrier(1);
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);

        ManualFunction second = new ManualFunction();
        try (OneInputStreamOperatorTestHarness<Item, Item> restored = harness(second)) {
            restored.initializeState(snapshot);
            restored.open();
            assertThat(restored.getOutput()).isEmpty();
            assertThat(second.applied).isEmpty();
        }
    }

    @Test
    void theEndOfInputWaitsToo() throws Exception {
        function.onFlush = function::completeAll;
        send("a", "b");
        harness.processWatermark(Watermark.MAX_WATERMARK);

        harness.endInput();

        assertThat(output()).containsExactly("a", "b");
        assertThat(harness.getOutput()).endsWith(Watermark.MAX_WATERMARK);
    }

    @Test
    void aFailureNamesItsElementAndKeepsWhatCameBefore() throws Exception {
        send("a", "b", "c");
        function.futures.get(1).completeExceptionally(new IllegalStateException("out of memory"));
        function.complete(0);

        assertThatThrownBy(this::runMails)
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("out of memory");
        assertThat(output()).containsExactly("a");
    }

    @Test
    void theMessageOfAFailureNamesItsElement() throws Exception {
        send("a");
        function.futures.get(0).completeExceptionally(new IllegalStateException("lost"));

        assertThatThrownBy(this::runMails)
                .hasStackTraceContaining("item a failed: java.lang.IllegalStateException: lost");
    }

    @Test
    void unusableInputIsNotTriedAgain() throws Exception {
        send("a");
        function.futures
                .get(0)
                .completeExceptionally(new InputException("frame of 0x0 pixels is too small"));

        assertThatThrownBy(this::runMails)
                .hasStackTraceContaining(SuppressRestartsException.class.getName())
                .hasRootCauseMessage("frame of 0x0 pixels is too small");
    }

    @Test
    void aRefusedElementIsClosedAndNamed() {
        Item refused = new Item("refused");

        assertThatThrownBy(() -> harness.processElement(new StreamRecord<>(refused)))
                .hasMessageContaining("item refused failed")
                .hasRootCauseMessage("not this one");
        assertThat(refused.closed()).isEqualTo(1);
    }

    @Test
    void anElementIsClosedAfterAnErrorToo() {
        Item fatal = new Item("fatal");

        assertThatThrownBy(() -> harness.processElement(new StreamRecord<>(fatal)))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(fatal.closed()).isEqualTo(1);
    }

    @Test
    void closingGivesBackWhatDidNotLeave() throws Exception {
        send("a", "b", "c");
        function.complete(1);
        function.onFlush = () -> function.complete(0);
        CountDownLatch closing = new CountDownLatch(1);
        function.onClose = closing::countDown;
        CompletableFuture<Void> late = CompletableFuture.runAsync(() -> completeAfter(closing, 2));

        harness.getOperator().close();

        late.join();
        assertThat(function.calls).containsExactly("open", "flush", "close");
        assertThat(output()).isEmpty();
        assertThat(function.applied).extracting(Item::closed).containsExactly(1, 1, 1);
    }

    @Test
    void aResultAfterTheMailboxClosedIsGivenBackOnce() throws Exception {
        send("a");
        harness.getTaskMailbox().close();

        function.complete(0);
        assertThat(function.applied.get(0).closed()).isZero();

        harness.getOperator().close();
        assertThat(function.applied.get(0).closed()).isEqualTo(1);
    }

    @Test
    void capacityIsChecked() {
        assertThatThrownBy(() -> new AsyncBatchOperatorFactory<>(function, 0))
                .hasMessage("capacity 0 is not at least 1");
    }

    private static OneInputStreamOperatorTestHarness<Item, Item> harness(ManualFunction function)
            throws Exception {
        OneInputStreamOperatorTestHarness<Item, Item> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new AsyncBatchOperatorFactory<>(function, 3));
        harness.getExecutionConfig().enableObjectReuse();
        harness.setup();
        return harness;
    }

    private void send(String... names) throws Exception {
        for (String name : names) {
            harness.processElement(new StreamRecord<>(new Item(name)));
        }
    }

    private void runMails() {
        boolean ran;
        do {
            ran = mailbox.tryYield();
        } while (ran);
    }

    private void completeAfter(CountDownLatch latch, int index) {
        try {
            latch.await();
            function.complete(index);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> output() {
        return harness.getRecordOutput().stream()
                .map(record -> record.getValue().toString())
                .toList();
    }
}
