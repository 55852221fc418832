// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import io.stdcseg.error.InputException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Column that tables of video may have. */
enum VideoColumn {
    /** Name of the stream; {@code stream} is a word of SQL's own. */
    VIDEO("STRING", LogicalTypeRoot.VARCHAR),
    /** Number of the frame in its stream. */
    FRAME("BIGINT", LogicalTypeRoot.BIGINT),
    /** Its time in the stream, of live streams since 1970. */
    SECONDS("DOUBLE", LogicalTypeRoot.DOUBLE),
    /** Columns of the upright picture. */
    WIDTH("INT", LogicalTypeRoot.INTEGER),
    /** Rows of the upright picture. */
    HEIGHT("INT", LogicalTypeRoot.INTEGER),
    /** The upright picture as a PPM file. */
    PICTURE("BYTES", LogicalTypeRoot.VARBINARY),
    /** Its label as a PNG file of train ids; null for a frame without one. */
    LABEL("BYTES", LogicalTypeRoot.VARBINARY),
    /** Its mask as a PNG file of train ids. */
    MASK("BYTES", LogicalTypeRoot.VARBINARY);

    /** What is read of video. */
    static final Set<VideoColumn> READ = EnumSet.range(VIDEO, LABEL);

    /** What masked video is made of. */
    static final Set<VideoColumn> WRITTEN = EnumSet.of(VIDEO, SECONDS, PICTURE, MASK);

    private final String sqlType;
    private final LogicalTypeRoot root;

    VideoColumn(String sqlType, LogicalTypeRoot root) {
        this.sqlType = sqlType;
        this.root = root;
    }

    /**
     * The columns of a table that are not computed, in its order.
     *
     * @param allowed which there may be
     * @throws InputException if there is another, or one of another type
     */
    static List<VideoColumn> of(ResolvedSchema schema, Set<VideoColumn> allowed) {
        return schema.getColumns().stream()
                .filter(Column::isPhysical)
                .map(column -> of(column, allowed))
                .toList();
    }

    private static VideoColumn of(Column column, Set<VideoColumn> allowed) {
        return allowed.stream()
                .filter(known -> known.sqlName().equals(column.getName()))
                .filter(known -> column.getDataType().getLogicalType().is(known.root))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InputException(
                                        "column "
                                                + column.getName()
                                                + " "
                                                + column.getDataType()
                                                + " is not one of video's, which are "
                                                + allowed.stream()
                                                        .map(VideoColumn::toString)
                                                        .collect(Collectors.joining(", "))));
    }

    private String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return sqlName() + " " + sqlType;
    }
}
