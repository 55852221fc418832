// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Keeps what a reader emits. */
public final class CollectingOutput<T> implements ReaderOutput<T> {

    private final List<T> elements = new ArrayList<>();

    public List<T> elements() {
        return elements;
    }

    @Override
    public void collect(T element) {
        elements.add(element);
    }

    @Override
    public void collect(T element, long timestamp) {
        elements.add(element);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        throw new AssertionError("unexpected watermark " + watermark);
    }

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<T> createOutputForSplit(String splitId) {
        return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}
}
