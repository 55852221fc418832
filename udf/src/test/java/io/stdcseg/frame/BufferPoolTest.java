// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.testing.CountingAllocator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BufferPoolTest {

    private final CountingAllocator allocator = new CountingAllocator();
    private final BufferPool pool = new BufferPool(2, allocator);

    @Test
    void lendsAtMostItsCapacityAndReusesMemory() {
        PooledBuffer first = pool.poll(10);
        PooledBuffer second = pool.poll(10);
        assertThat(pool.poll(10)).isNull();

        first.close();
        first.close();
        assertThat(pool.lent()).isEqualTo(1);
        assertThat(pool.poll(8).bytes().capacity()).isEqualTo(8);
        assertThat(allocator.allocated()).isEqualTo(2);
        second.close();
    }

    @Test
    void bytesThatWereGivenBackAreRefused() {
        PooledBuffer buffer = pool.poll(10);
        buffer.close();

        assertThatThrownBy(buffer::bytes)
                .hasMessage("buffer of 10 bytes was given back; its bytes may be another's");
        assertThat(buffer.size()).isEqualTo(10);
    }

    @Test
    void replacesMemoryThatIsTooSmall() {
        pool.poll(10).close();
        pool.poll(20).close();

        assertThat(allocator.allocated()).isEqualTo(2);
        assertThat(allocator.freed()).isEqualTo(1);
    }

    @Test
    void aWaitEndsWhenABufferComesBack() throws Exception {
        PooledBuffer first = pool.poll(1);
        pool.poll(1);
        CompletableFuture<PooledBuffer> waiting = CompletableFuture.supplyAsync(this::take);

        first.close();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aWaitEndsWithoutABufferOnWakeUp() throws Exception {
        pool.poll(1);
        pool.poll(1);
        CompletableFuture<PooledBuffer> waiting = CompletableFuture.supplyAsync(this::take);

        pool.wakeUp();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void closingFreesWhatIsIdleNowAndWhatIsLentLater() {
        PooledBuffer lent = pool.poll(1);
        pool.poll(1).close();

        pool.close();
        assertThat(allocator.freed()).isEqualTo(1);

        lent.close();
        assertThat(allocator.freed()).isEqualTo(2);
    }

    private PooledBuffer take() {
        try {
            return pool.take(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
