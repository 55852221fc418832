// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.testing.Streams;
import io.stdcseg.video.decode.VideoRange;
import io.stdcseg.video.live.LivePosition;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VideoSplitSerializerTest {

    private final VideoSplitSerializer serializer = new VideoSplitSerializer();

    static Stream<PlannedStream> streams() {
        return Stream.of(
                Streams.video("drive"),
                Streams.pictures("städte", "aachen/1.png", "aachen/2.png"),
                Streams.unreadable("gone", "source 'gone' does not exist"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void readsWhatItWrote(PlannedStream stream) throws IOException {
        VideoSplit split =
                new VideoSplit(
                        stream,
                        1,
                        3,
                        new VideoRange(-80, -40, 9000, 12, 300),
                        new SplitProgress(12, 5, 2, true));

        VideoSplit read =
                serializer.deserialize(serializer.getVersion(), serializer.serialize(split));

        assertThat(read).isEqualTo(split).hasSameHashCodeAs(split);
    }

    @Test
    void aLiveStreamGoesOnWithItsCountsAndItsClock() throws IOException {
        LivePosition reached =
                new LivePosition(
                        120,
                        118,
                        20,
                        3,
                        1_796_000_000_000_000L,
                        1_796_000_009_000_000L,
                        -5,
                        2,
                        1,
                        7_000_000);
        VideoSplit split =
                VideoSplit.whole(Streams.live("camera", "rtsp://user:word@camera/1"))
                        .at(SplitProgress.of(reached));

        VideoSplit read =
                serializer.deserialize(serializer.getVersion(), serializer.serialize(split));

        assertThat(read).isEqualTo(split);
        assertThat(read.progress().live()).isEqualTo(reached);
        assertThat(read.toString()).doesNotContain("word");
        assertThat(read.stream().toString()).doesNotContain("word");
    }

    @Test
    void refusesOtherVersions() {
        assertThatThrownBy(() -> serializer.deserialize(1, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessage("split of version 1 cannot be read; 2 and 3 are known");
    }

    @Test
    void stateKeepsHowFarItGot() {
        VideoSplit split = VideoSplit.whole(Streams.video("drive"));
        VideoSplit.State state = new VideoSplit.State(split);

        state.moveTo(split.progress().afterFrame(0).afterSkipped(1).afterUnwanted(2));

        assertThat(state.toSplit().progress()).isEqualTo(new SplitProgress(3, 1, 1, false));
        assertThat(state.toSplit().splitId()).isEqualTo("drive/0");
    }

    @Test
    void rangesAreNumberedFromZero() {
        assertThatThrownBy(
                        () ->
                                new VideoSplit(
                                        Streams.video("a"),
                                        2,
                                        2,
                                        VideoRange.WHOLE,
                                        SplitProgress.START))
                .hasMessage("range 2 of stream a is not less than 2");
    }
}
