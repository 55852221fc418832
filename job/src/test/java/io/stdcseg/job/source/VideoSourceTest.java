// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.job.source.VideoSource.PixelMemory;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.job.source.reader.FileDecoders;
import io.stdcseg.job.testing.FakeReaderContext;
import io.stdcseg.job.testing.Streams;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VideoSourceTest {

    @ParameterizedTest
    @EnumSource(OnError.class)
    void aMachineThatLacksLibrariesIsNoSourceThatCannotBeRead(OnError onError) {
        SourceSpec spec =
                new SourceSpec(
                        List.of(Streams.video("a")), ReadOptions.defaults().onError(onError));
        PixelMemory lacking =
                () -> {
                    throw new InputException("FFmpeg cannot be loaded: no libva.so.2");
                };
        VideoSource source = new VideoSource(spec, 4, lacking, new FileDecoders());

        assertThatThrownBy(() -> source.createReader(new FakeReaderContext()))
                .isInstanceOf(SuppressRestartsException.class)
                .hasRootCauseMessage("FFmpeg cannot be loaded: no libva.so.2");
    }

    @Test
    void thePoolHoldsTheQueueAndTwo() {
        SourceSpec spec = new SourceSpec(List.of(Streams.video("a")), ReadOptions.defaults());

        assertThatThrownBy(() -> new VideoSource(spec, 3))
                .hasMessage("pool capacity 3 is not at least the queue's length of 2 and 2");
    }
}
