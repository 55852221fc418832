// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.traces.Span;
import org.apache.flink.traces.SpanBuilder;
import org.junit.jupiter.api.Test;

class FrameSpansTest {

    @Test
    void aFrameOfSoManyHasItsStages() {
        List<Span> told = new ArrayList<>();
        FrameSpans spans =
                new FrameSpans(
                        new InterceptingOperatorMetricGroup() {
                            @Override
                            public void addSpan(SpanBuilder span) {
                                told.add(span.build());
                            }
                        },
                        FrameSpansTest.class);
        for (int frame = 0; frame <= FrameSpans.EVERY; frame++) {
            spans.add("Network", "drive", frame, 30_000_000, 5_000_000);
        }

        assertThat(told).hasSize(2);
        Span last = told.get(1);
        assertThat(last.getName()).isEqualTo("Network");
        assertThat(last.getEndTsMillis() - last.getStartTsMillis()).isEqualTo(30);
        assertThat(last.getAttributes())
                .containsEntry("stream", "drive")
                .containsEntry("frame", (long) FrameSpans.EVERY);
    }
}
