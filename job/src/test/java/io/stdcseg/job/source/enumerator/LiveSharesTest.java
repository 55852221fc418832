// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.job.testing.FakeEnumeratorContext;
import io.stdcseg.job.testing.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveSharesTest {

    private final FakeEnumeratorContext<VideoSplit> context = new FakeEnumeratorContext<>();
    private final LiveShares shares = new LiveShares(context);
    private final List<VideoSplit> cameras =
            IntStream.range(0, 5)
                    .mapToObj(i -> VideoSplit.whole(Streams.live("c" + i, "udp://c" + i)))
                    .toList();

    @BeforeEach
    void twoReaders() {
        context.parallelism(2);
    }

    @Test
    void streamsThatHaveAnEndAreForOthers() {
        VideoSplit file = VideoSplit.whole(Streams.video("a"));
        List<VideoSplit> all = new ArrayList<>(cameras);
        all.add(2, file);

        assertThat(shares.take(all)).containsExactly(file);
        assertThat(shares.unassigned()).isEqualTo(cameras);
    }

    /** No reader is faster than the others in what never ends. */
    @Test
    void everyReaderHasAsManyOrOneLess() {
        shares.take(cameras);

        shares.assign(0);
        shares.assign(0);
        shares.assign(1);

        assertThat(context.assigned(0)).hasSize(3);
        assertThat(context.assigned(1)).hasSize(2);
        assertThat(shares.unassigned()).isEmpty();
    }

    @Test
    void whatALostReaderHadIsGivenToThoseThatCome() {
        shares.take(cameras);
        shares.assign(0);
        shares.assign(1);

        shares.left(0);
        shares.take(context.assigned(0));
        shares.assign(1);
        assertThat(shares.unassigned()).hasSizeGreaterThanOrEqualTo(2);
        shares.assign(0);

        assertThat(shares.unassigned()).isEmpty();
    }
}
