// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.commit.CommittableSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitterStateTest {

    private static final List<Committable> COMMITTABLES =
            List.of(
                    new Committable.RangeDone("drive", 3, 52),
                    new Committable.StreamDone("drive", 0, "it does not exist"));

    @Test
    void readsBack() throws IOException {
        CommitterState.Serializer serializer = new CommitterState.Serializer();
        CommitterState state =
                new CommitterState(
                        7,
                        Set.of(".staging-1", ".staging-2"),
                        List.of("over"),
                        Map.of(
                                "drive",
                                new Manifest(".staging-1/drive/page", 2, 3, 40),
                                "walk",
                                Manifest.EMPTY),
                        COMMITTABLES);

        assertThat(serializer.deserialize(3, serializer.serialize(state))).isEqualTo(state);
        assertThat(serializer.deserialize(3, serializer.serialize(empty()))).isEqualTo(empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void earlierVersionsAreRead(int version) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1000);
        if (version == 2) {
            out.writeLong(7);
        }
        out.writeInt(1);
        out.writeUTF(".staging-1");
        out.writeInt(COMMITTABLES.size());
        for (Committable committable : COMMITTABLES) {
            CommittableSerializer.write(committable, out);
        }

        assertThat(new CommitterState.Serializer().deserialize(version, out.getCopyOfBuffer()))
                .isEqualTo(
                        new CommitterState(
                                version == 2 ? 7 : 0,
                                Set.of(".staging-1"),
                                List.of(),
                                Map.of(),
                                COMMITTABLES));
    }

    @Test
    void otherVersionsAreRefused() {
        assertThatThrownBy(() -> new CommitterState.Serializer().deserialize(9, new byte[0]))
                .hasMessage("committer state of version 9 cannot be read; 1 to 3 are known");
    }

    private static CommitterState empty() {
        return new CommitterState(7, Set.of(), List.of(), Map.of(), List.of());
    }
}
