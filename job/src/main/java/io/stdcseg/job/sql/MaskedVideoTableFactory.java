// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.Rational;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.MaskedVideoOptions;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.options.SourceOptions;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.video.OverlaySegments;
import io.stdcseg.store.StorePaths;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Connector {@code stdc-masked-video}: a folder in which rows become masked videos, with options of
 * {@code segment} that say how these look.
 *
 * <pre>
 * CREATE TABLE masked (video STRING, seconds DOUBLE, picture BYTES, mask BYTES)
 * WITH ('connector' = 'stdc-masked-video', 'output' = 'out')
 * </pre>
 */
public final class MaskedVideoTableFactory implements DynamicTableSinkFactory {

    private static final String NAME = "stdc-masked-video";

    /** As that of a directory of pictures. */
    private static final Rational USUAL_RATE = new Rational(15, 1);

    private static final List<CliOption<?>> OPTIONS =
            Stream.of(
                            SegmentOptions.OUTPUT,
                            SourceOptions.FPS,
                            NetworkOptions.LABEL_SET,
                            MaskedVideoOptions.OPACITY,
                            MaskedVideoOptions.PALETTE,
                            MaskedVideoOptions.VIEW,
                            MaskedVideoOptions.LEGEND,
                            MaskedVideoOptions.CODEC,
                            MaskedVideoOptions.QUALITY,
                            MaskedVideoOptions.CONTAINER,
                            MaskedVideoOptions.VIDEO_HEIGHT)
                    .<CliOption<?>>map(SegmentOptions::cli)
                    .toList();

    @Override
    public String factoryIdentifier() {
        return NAME;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return OPTIONS.stream().map(CliOption::option).collect(Collectors.toSet());
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        Map<String, String> given = new TreeMap<>(context.getCatalogTable().getOptions());
        given.remove(FactoryUtil.CONNECTOR.key());
        Configuration options = SqlOptions.parse("connector " + NAME, given, OPTIONS);
        // Rows are the source.
        options.set(SourceOptions.SOURCE, List.of(NAME));
        SegmentSettings settings = SegmentSettings.of(options, SegmenterOptions.DEFAULTS);
        List<VideoColumn> columns =
                VideoColumn.of(context.getCatalogTable().getResolvedSchema(), VideoColumn.WRITTEN);
        for (VideoColumn needed : List.of(VideoColumn.PICTURE, VideoColumn.MASK)) {
            if (!columns.contains(needed)) {
                throw new InputException(
                        "column " + needed + " is missing; masked video is made of it");
            }
        }
        OutputFolder folder = OutputFolder.of(StorePaths.path(settings.output()));
        folder.check();
        return new MaskedVideoTable(
                folder,
                new OverlaySegments(
                        settings.overlayStyle(SqlOptions.labelSet(options)),
                        settings.videoFormat()),
                columns,
                settings.fps() == null ? USUAL_RATE : settings.fps());
    }
}
