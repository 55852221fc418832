// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.live;

import io.stdcseg.function.weights.WeightsNews;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.StringValue;

/**
 * What a checkpoint keeps of the streams.
 *
 * @param news of weights that count: the last ones taken, and refused since
 */
record LiveState(List<Entry> streams, List<WeightsNews> news) {

    /** A stream; {@code source} and {@code error} may be null. */
    record Entry(String name, String source, long frames, boolean ended, String error) {}

    LiveState {
        streams = List.copyOf(streams);
        news = List.copyOf(news);
    }

    static LiveState of(LiveStreams live) {
        return new LiveState(
                live.all().stream()
                        .map(
                                stream ->
                                        new Entry(
                                                stream.name(),
                                                stream.source(),
                                                stream.frames(),
                                                stream.ended(),
                                                stream.error()))
                        .toList(),
                live.news());
    }

    void restore(LiveStreams live) {
        for (Entry stream : streams) {
            live.stream(stream.name(), stream.source())
                    .restore(stream.source(), stream.frames(), stream.ended(), stream.error());
        }
        news.forEach(live::add);
    }

    /** Serializer of the state. */
    static final class Serializer implements SimpleVersionedSerializer<LiveState> {

        private static final int VERSION = 2;

        /** As it was written before weights could change. */
        private static final int WITHOUT_NEWS = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(LiveState state) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(256);
            out.writeInt(state.streams().size());
            for (Entry stream : state.streams()) {
                StringValue.writeString(stream.name(), out);
                StringValue.writeString(stream.source(), out);
                out.writeLong(stream.frames());
                out.writeBoolean(stream.ended());
                StringValue.writeString(stream.error(), out);
            }
            out.writeInt(state.news().size());
            for (WeightsNews news : state.news()) {
                out.writeLong(news.checkpoint());
                StringValue.writeString(news.file(), out);
                StringValue.writeString(news.sha256(), out);
                StringValue.writeString(news.refusal(), out);
            }
            return out.getCopyOfBuffer();
        }

        @Override
        public LiveState deserialize(int version, byte[] serialized) throws IOException {
            if (version < WITHOUT_NEWS || version > VERSION) {
                throw new IOException(
                        "the live page's state of version "
                                + version
                                + " cannot be read; versions 1 and 2 are known");
            }
            DataInputDeserializer in = new DataInputDeserializer(serialized);
            List<Entry> streams = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                streams.add(
                        new Entry(
                                StringValue.readString(in),
                                StringValue.readString(in),
                                in.readLong(),
                                in.readBoolean(),
                                StringValue.readString(in)));
            }
            List<WeightsNews> news = new ArrayList<>();
            for (int i = version > WITHOUT_NEWS ? in.readInt() : 0; i > 0; i--) {
                news.add(
                        new WeightsNews(
                                in.readLong(),
                                StringValue.readString(in),
                                StringValue.readString(in),
                                null,
                                StringValue.readString(in)));
            }
            return new LiveState(streams, news);
        }
    }
}
