// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.LiveSourceOptions;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.options.SourceOptions;
import io.stdcseg.job.run.LabelChoice;
import io.stdcseg.job.run.SourceChoice;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.label.LabelSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Connector {@code stdc-video}: tables of video, with options of {@code segment} that say what is
 * read.
 *
 * <pre>
 * CREATE TABLE drive (video STRING, frame BIGINT, seconds DOUBLE, picture BYTES, label BYTES)
 * WITH ('connector' = 'stdc-video', 'source' = 'drive.mp4', 'labels' = 'labels')
 * </pre>
 */
public final class VideoTableFactory implements DynamicTableSourceFactory {

    private static final String NAME = "stdc-video";

    private static final List<CliOption<?>> OPTIONS =
            Stream.of(
                            SourceOptions.SOURCE,
                            SourceOptions.LABELS,
                            NetworkOptions.LABEL_SET,
                            SourceOptions.FPS,
                            SourceOptions.WATCH,
                            SourceOptions.FROM,
                            SourceOptions.TO,
                            SourceOptions.EVERY,
                            SourceOptions.MAX_FRAMES,
                            SourceOptions.RANGE,
                            SourceOptions.ON_ERROR,
                            LiveSourceOptions.FOLLOW,
                            LiveSourceOptions.LIVE_LAG,
                            LiveSourceOptions.SOURCE_OPTION)
                    .<CliOption<?>>map(SegmentOptions::cli)
                    .toList();

    @Override
    public String factoryIdentifier() {
        return NAME;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(SourceOptions.SOURCE);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return OPTIONS.stream()
                .map(CliOption::option)
                .filter(option -> option != SourceOptions.SOURCE)
                .collect(Collectors.toSet());
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        Map<String, String> given = new TreeMap<>(context.getCatalogTable().getOptions());
        given.remove(FactoryUtil.CONNECTOR.key());
        Configuration options = SqlOptions.parse("connector " + NAME, given, OPTIONS);
        // Nothing is drawn into pictures here: they need not be there as they are coded.
        options.set(SegmentOptions.WRITE, List.of());
        SegmentSettings settings = SegmentSettings.of(options, SegmenterOptions.DEFAULTS);
        SourceSpec sources = SourceChoice.of(settings);
        LabelSet labels = SqlOptions.labelSet(options);
        return new VideoTable(
                sources,
                LabelChoice.of(settings.labels(), sources, labels),
                labels,
                VideoColumn.of(context.getCatalogTable().getResolvedSchema(), VideoColumn.READ),
                context.getPhysicalRowDataType());
    }
}
