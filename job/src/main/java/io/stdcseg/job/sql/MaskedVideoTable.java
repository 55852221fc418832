// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.frame.Rational;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.commit.CommittableSerializer;
import io.stdcseg.job.output.video.SegmentCommitter;
import io.stdcseg.job.output.video.SegmentFormat;
import io.stdcseg.job.output.video.SegmentWriter;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;

/**
 * Table that rows with a picture and its mask become videos in, by the writer and committer of
 * {@code segment}: exactly once, whole or not at all. One slot encodes.
 */
final class MaskedVideoTable implements DynamicTableSink {

    private final OutputFolder folder;
    private final SegmentFormat format;
    private final List<VideoColumn> columns;
    private final Rational frameRate;

    /**
     * @param columns of the rows
     * @param frameRate frames a second where there is no column of times
     */
    MaskedVideoTable(
            OutputFolder folder,
            SegmentFormat format,
            List<VideoColumn> columns,
            Rational frameRate) {
        this.folder = folder;
        this.format = format;
        this.columns = columns;
        this.frameRate = frameRate;
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        return ChangelogMode.insertOnly();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        return new DataStreamSinkProvider() {
            @Override
            public DataStreamSink<?> consumeDataStream(
                    ProviderContext provider, DataStream<RowData> rows) {
                return write(provider, rows);
            }
        };
    }

    private DataStreamSink<?> write(ProviderContext provider, DataStream<RowData> rows) {
        if (rows.getExecutionEnvironment().getCheckpointConfig().isUnalignedCheckpointsEnabled()) {
            // A barrier must not overtake a segment on its way to the committer.
            throw new InputException(
                    "execution.checkpointing.unaligned.enabled is true, with which videos would"
                            + " lose frames; false is allowed");
        }
        SingleOutputStreamOperator<Committable> segments =
                uid(
                                provider,
                                "frames",
                                rows.transform(
                                                "frames of rows",
                                                FrameElementTypeInfo.INSTANCE,
                                                new MaskedFrames(columns, frameRate))
                                        .setParallelism(1))
                        .transform(
                                "write video",
                                CommittableSerializer.TYPE,
                                SegmentWriter.video(folder, format))
                        .setParallelism(1);
        SingleOutputStreamOperator<Void> published =
                uid(provider, "write", segments)
                        .transform(
                                "publish video",
                                Types.VOID,
                                new SegmentCommitter(folder, format, false))
                        .setParallelism(1)
                        .disableChaining();
        return uid(provider, "publish", published).sinkTo(new DiscardingSink<>()).setParallelism(1);
    }

    private static <T> SingleOutputStreamOperator<T> uid(
            ProviderContext provider, String name, SingleOutputStreamOperator<T> operator) {
        provider.generateUid(name).ifPresent(operator::uid);
        return operator;
    }

    @Override
    public DynamicTableSink copy() {
        return new MaskedVideoTable(folder, format, columns, frameRate);
    }

    @Override
    public String asSummaryString() {
        return "masked video in " + folder.root();
    }
}
