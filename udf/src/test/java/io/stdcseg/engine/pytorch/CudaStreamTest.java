// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ai.djl.Device;
import io.stdcseg.engine.pytorch.CudaStream.Streams;
import io.stdcseg.engine.pytorch.CudaStream.Value;
import io.stdcseg.testing.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** On streams that nothing computes in; those of a GPU are tried by {@link GpuTest}. */
class CudaStreamTest {

    private static final byte GPU = 1;

    private final Stock stock = new Stock();

    @Test
    void whatRunsInAStreamFindsItAndLeavesTheOneBefore() {
        CudaStream first = CudaStream.of(GPU, gpu -> stock);
        CudaStream second = CudaStream.of(GPU, gpu -> stock);
        List<Long> seen = new ArrayList<>();

        first.run(
                () -> {
                    seen.add(stock.current().id);
                    second.run(() -> seen.add(stock.current().id));
                    seen.add(stock.current().id);
                });

        assertThat(seen).containsExactly(1L, 2L, 1L);
        assertThat(stock.current().id).isZero();
    }

    @Test
    void whatFailsLeavesTheOneBefore() {
        CudaStream stream = CudaStream.of(GPU, gpu -> stock);

        assertThatThrownBy(
                        () ->
                                stream.run(
                                        () -> {
                                            throw new IllegalStateException("no memory");
                                        }))
                .hasMessage("no memory");

        assertThat(stock.current().id).isZero();
    }

    @Test
    void otherThreadsStayWhereTheyAre() {
        List<Long> seen = new ArrayList<>();

        CudaStream.of(GPU, gpu -> stock)
                .run(
                        () -> {
                            Thread other = new Thread(() -> seen.add(stock.current().id));
                            other.start();
                            join(other);
                        });

        assertThat(seen).containsExactly(0L);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Each that cuBLAS has computed in keeps some of the GPU's memory. */
    @Test
    void whatIsGivenBackIsTakenAgain() {
        CudaStream stream = CudaStream.of(GPU, gpu -> stock);

        stream.giveBack();

        assertThat(CudaStream.take(Device.gpu(GPU))).isSameAs(stream);
    }

    @Test
    void aCpuHasNoStreams() {
        CudaStream usual = CudaStream.take(Device.cpu());
        usual.giveBack();

        assertThat(usual).isSameAs(CudaStream.USUAL);
    }

    /** No library, streams of another GPU, and one that does not become the current one. */
    @Test
    void whatDoesNotAnswerAsItShouldIsDoneWithoutAndSaidOnce() {
        List<String> ran = new ArrayList<>();
        Stock deaf =
                new Stock() {
                    @Override
                    public void use(Value stream) {}
                };
        try (LogCapture log = new LogCapture(CudaStream.class)) {
            CudaStream none =
                    CudaStream.of(
                            GPU,
                            gpu -> {
                                throw new UnsatisfiedLinkError("libc10_cuda.so: absent\nmore");
                            });
            none.run(() -> ran.add("once"));

            assertThat(none).isSameAs(CudaStream.USUAL);
            assertThat(CudaStream.of((byte) 0, gpu -> stock)).isSameAs(CudaStream.USUAL);
            assertThat(CudaStream.of(GPU, gpu -> deaf)).isSameAs(CudaStream.USUAL);
            assertThat(ran).containsExactly("once");
            assertThat(log.lines())
                    .singleElement(as(STRING))
                    .isEqualTo(
                            "batches on the GPU run one after the other, copies included: this"
                                    + " libtorch gives no streams (libc10_cuda.so: absent)");
        }
    }

    /** Streams by number, as PyTorch keeps them: each thread begins in 0. */
    private static class Stock implements Streams {

        private final AtomicInteger given = new AtomicInteger();
        private final ThreadLocal<Value> current = ThreadLocal.withInitial(() -> value(0));

        @Override
        public Value next() {
            return value(given.incrementAndGet());
        }

        @Override
        public Value current() {
            return current.get();
        }

        @Override
        public void use(Value stream) {
            current.set(stream);
        }

        private static Value value(int id) {
            Value value = new Value();
            value.type = Value.CUDA;
            value.index = GPU;
            value.id = id;
            return value;
        }
    }
}
