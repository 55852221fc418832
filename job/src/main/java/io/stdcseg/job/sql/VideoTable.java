// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import io.stdcseg.function.score.LabelFolders;
import io.stdcseg.job.source.VideoSource;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.label.LabelSet;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * Table of video: a row for each frame of its streams, of which only the columns that are asked for
 * are made.
 */
final class VideoTable implements ScanTableSource, SupportsProjectionPushDown {

    private final SourceSpec sources;
    private final LabelFolders labelFolders;
    private final LabelSet labelSet;
    private List<VideoColumn> columns;
    private DataType rowType;

    VideoTable(
            SourceSpec sources,
            LabelFolders labelFolders,
            LabelSet labelSet,
            List<VideoColumn> columns,
            DataType rowType) {
        this.sources = sources;
        this.labelFolders = labelFolders;
        this.labelSet = labelSet;
        this.columns = columns;
        this.rowType = rowType;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] fields, DataType produced) {
        List<VideoColumn> all = columns;
        columns = Arrays.stream(fields).map(field -> all.get(field[0])).toList();
        rowType = produced;
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        TypeInformation<RowData> type = context.createTypeInformation(rowType);
        return new DataStreamScanProvider() {
            @Override
            public DataStream<RowData> produceDataStream(
                    ProviderContext provider, StreamExecutionEnvironment env) {
                return rows(provider, env, type);
            }

            @Override
            public boolean isBounded() {
                return !sources.endless();
            }
        };
    }

    /** Frames do not leave their task: it makes the rows. */
    private DataStream<RowData> rows(
            ProviderContext provider,
            StreamExecutionEnvironment env,
            TypeInformation<RowData> type) {
        int pool = VideoSource.QUEUE_LENGTH + 2;
        var frames =
                env.fromSource(
                        new VideoSource(sources, pool), WatermarkStrategy.noWatermarks(), "decode");
        provider.generateUid("decode").ifPresent(frames::uid);
        SingleOutputStreamOperator<RowData> rows =
                frames.flatMap(new FrameRows(columns, labelFolders, labelSet))
                        .returns(type)
                        .name("rows of frames");
        provider.generateUid("rows").ifPresent(rows::uid);
        return rows;
    }

    @Override
    public DynamicTableSource copy() {
        return new VideoTable(sources, labelFolders, labelSet, columns, rowType);
    }

    @Override
    public String asSummaryString() {
        return "video " + sources.describe();
    }
}
