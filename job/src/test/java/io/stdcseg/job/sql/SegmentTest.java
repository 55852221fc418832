// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.SpoiledDeviceError;
import io.stdcseg.error.InputException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SegmentTest {

    private static final byte[] TORN = {1, 2, 3};

    private final Segment segment = new Segment();
    private final CompletableFuture<Collection<Row>> rows = new CompletableFuture<>();

    @AfterEach
    void close() {
        segment.close();
    }

    @Test
    void aPictureThatCannotBeReadEndsTheJobAtOnce() {
        segment.eval(rows, TORN, Map.of("precision", "fp32"));

        assertThatThrownBy(rows::join)
                .cause()
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("picture of SEGMENT ");
    }

    @Test
    void itHasNullWhereThatIsAskedFor() {
        segment.eval(rows, TORN, Map.of("precision", "fp32", "ignore-parse-errors", "true"));

        assertThat(rows.join()).containsExactly(Row.of(null, null, null, null));
    }

    @Test
    void anOptionThatIsUnknownEndsTheJobAtOnce() {
        segment.eval(rows, TORN, Map.of("precise", "fp32"));

        assertThatThrownBy(rows::join)
                .cause()
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .hasMessageStartingWith("option 'precise' of SEGMENT is unknown; allowed are ");
    }

    @Test
    void aLostDeviceEndsTheJobAtOnce() {
        SpoiledDeviceError lost =
                SpoiledDeviceError.of(
                                "gpu0",
                                new IllegalStateException("CUDA error: unspecified launch failure"))
                        .orElseThrow();

        Segment.complete(rows, CompletableFuture.failedFuture(lost));

        assertThatThrownBy(rows::join)
                .cause()
                .isInstanceOf(SuppressRestartsException.class)
                .hasCause(lost);
    }
}
