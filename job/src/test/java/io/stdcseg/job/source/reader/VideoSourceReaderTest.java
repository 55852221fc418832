// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.StreamEnd;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.job.source.split.StreamRanges;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.job.testing.CollectingOutput;
import io.stdcseg.job.testing.FakeDecoder;
import io.stdcseg.job.testing.FakeReaderContext;
import io.stdcseg.job.testing.Streams;
import io.stdcseg.testing.CountingAllocator;
import io.stdcseg.video.decode.VideoRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VideoSourceReaderTest {

    private static final int FRAMES = 20;

    private final CountingAllocator memory = new CountingAllocator();
    private final FakeReaderContext context = new FakeReaderContext();
    private final CollectingOutput<FrameElement> output = new CollectingOutput<>();
    private final List<Long> indices = new ArrayList<>();
    private int seen;
    private int taken;

    @AfterEach
    void allMemoryIsFree() {
        assertThat(memory.freed()).isEqualTo(memory.allocated());
    }

    @Test
    void readsTwoSplitsAndEnds() throws Exception {
        try (VideoSourceReader reader = reader(4, Set.of())) {
            reader.start();
            assertThat(context.requests()).isEqualTo(1);
            reader.addSplits(List.of(whole("a"), whole("b")));
            reader.notifyNoMoreSplits();

            while (poll(reader) != InputStatus.END_OF_INPUT) {
                closeTaken();
            }
        }

        assertThat(indices).hasSize(2 * FRAMES);
        assertThat(output.elements().stream().filter(StreamEnd.class::isInstance)).hasSize(2);
        assertThat(context.requests()).isEqualTo(2);
    }

    @Test
    void goesOnFromItsSnapshot() throws Exception {
        List<VideoSplit> saved;
        try (VideoSourceReader reader = reader(4, Set.of())) {
            reader.addSplits(List.of(whole("a")));
            while (indices.size() < 7) {
                poll(reader);
                closeTaken();
            }
            saved = reader.snapshotState(1);
        }
        try (VideoSourceReader reader = reader(4, Set.of())) {
            reader.addSplits(saved);
            reader.notifyNoMoreSplits();
            while (poll(reader) != InputStatus.END_OF_INPUT) {
                closeTaken();
            }
            assertThat(reader.snapshotState(2)).isEmpty();
        }

        assertThat(indices).hasSize(FRAMES).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aSplitThatHasEndedOnlyFinishes() throws Exception {
        VideoSplit ended = whole("a").at(whole("a").progress().end());
        try (VideoSourceReader reader = reader(4, Set.of())) {
            reader.addSplits(List.of(ended));
            reader.notifyNoMoreSplits();
            while (poll(reader) != InputStatus.END_OF_INPUT) {
                closeTaken();
            }
        }

        assertThat(output.elements()).isEmpty();
    }

    @Test
    void tellsTheRangesOfAStreamAndKeepsItUntilTheyAreTaken() throws Exception {
        VideoSplit uncut = VideoSplit.uncut(Streams.video("a"));
        try (VideoSourceReader reader = reader(4, Set.of())) {
            reader.addSplits(List.of(uncut));
            while (context.events().isEmpty()) {
                poll(reader);
            }

            assertThat(context.events())
                    .containsExactly(new StreamRanges("a", List.of(VideoRange.WHOLE)));
            assertThat(context.requests()).isEqualTo(1);
            assertThat(reader.snapshotState(1)).containsExactly(uncut);
            reader.handleSourceEvents(new StreamRanges.Taken("a"));
            assertThat(reader.snapshotState(2)).isEmpty();
        }
        assertThat(output.elements()).isEmpty();
    }

    @Test
    void closesWhileItWaitsForABuffer() throws Exception {
        CountDownLatch poolIsEmpty = new CountDownLatch(1);
        BufferPool pool = new BufferPool(4, memory);
        FrameDecoder.Factory decoders =
                (split, onError) ->
                        new FakeDecoder("a", FRAMES, Set.of()) {
                            @Override
                            public boolean advance() {
                                if (pool.lent() == 4) {
                                    poolIsEmpty.countDown();
                                }
                                return super.advance();
                            }
                        };
        VideoSourceReader reader = reader(pool, decoders);
        reader.addSplits(List.of(whole("a")));
        // Frames that are taken and not given back: the rest of the pool fills the queue.
        while (indices.size() < 2) {
            poll(reader);
        }
        assertThat(poolIsEmpty.await(30, TimeUnit.SECONDS)).isTrue();

        reader.close();

        // What was emitted is its receiver's.
        assertThat(pool.lent()).isEqualTo(2);
        closeTaken();
        assertThat(pool.lent()).isZero();
    }

    @Test
    void damageReachesTheTaskAsAnUnrecoverableError() throws Exception {
        try (VideoSourceReader reader = reader(4, Set.of(3))) {
            reader.addSplits(List.of(whole("a")));

            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    poll(reader);
                                    closeTaken();
                                }
                            })
                    .matches(
                            e ->
                                    ExceptionUtils.findThrowable(e, SuppressRestartsException.class)
                                            .isPresent())
                    .hasRootCauseMessage("picture 3 of a is damaged");
        }
    }

    private InputStatus poll(VideoSourceReader reader) throws Exception {
        InputStatus status = reader.pollNext(output);
        if (status == InputStatus.NOTHING_AVAILABLE) {
            reader.isAvailable().get(30, TimeUnit.SECONDS);
        }
        for (FrameElement element : output.elements().subList(seen, output.elements().size())) {
            if (element instanceof Frame frame) {
                indices.add(frame.index());
            }
        }
        seen = output.elements().size();
        return status;
    }

    private void closeTaken() {
        for (; taken < output.elements().size(); taken++) {
            if (output.elements().get(taken) instanceof Frame frame) {
                frame.close();
            }
        }
    }

    private static VideoSplit whole(String name) {
        return VideoSplit.whole(Streams.video(name));
    }

    private VideoSourceReader reader(int capacity, Set<Integer> damaged) {
        return reader(
                new BufferPool(capacity, memory),
                (split, onError) -> new FakeDecoder(split.stream().name(), FRAMES, damaged));
    }

    private VideoSourceReader reader(BufferPool pool, FrameDecoder.Factory decoders) {
        Configuration configuration = new Configuration();
        configuration.set(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY, 2);
        return VideoSourceReader.create(
                ReadOptions.defaults().onError(OnError.FAIL),
                pool,
                () -> false,
                decoders,
                configuration,
                context);
    }
}
