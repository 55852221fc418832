// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.function.score.LabelFolders;
import io.stdcseg.function.score.LabelStore;
import io.stdcseg.label.LabelSet;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.util.Collector;

/** Makes a row of each frame, and gives its pixels back; markers end here. */
final class FrameRows extends RichFlatMapFunction<FrameElement, RowData> {

    private static final long serialVersionUID = 1L;

    private final List<VideoColumn> columns;
    private final LabelFolders labelFolders;
    private final LabelSet labelSet;
    private transient LabelFolders.Stores labels;

    /**
     * @param columns what is asked of each frame
     * @param labelSet by which labels are read
     */
    FrameRows(List<VideoColumn> columns, LabelFolders labelFolders, LabelSet labelSet) {
        this.columns = List.copyOf(columns);
        this.labelFolders = labelFolders;
        this.labelSet = labelSet;
    }

    @Override
    public void open(OpenContext context) {
        if (columns.contains(VideoColumn.LABEL)) {
            labels = labelFolders.open(labelSet);
        }
    }

    @Override
    public void flatMap(FrameElement element, Collector<RowData> out) {
        if (element instanceof Frame frame) {
            GenericRowData row = new GenericRowData(columns.size());
            try (frame) {
                for (int i = 0; i < columns.size(); i++) {
                    row.setField(i, value(columns.get(i), frame));
                }
            }
            out.collect(row);
        }
    }

    private Object value(VideoColumn column, Frame frame) {
        int width = frame.info().displayWidth();
        int height = frame.info().displayHeight();
        return switch (column) {
            case VIDEO -> StringData.fromString(frame.stream());
            case FRAME -> frame.index();
            case SECONDS -> frame.info().seconds(frame.pts());
            case WIDTH -> width;
            case HEIGHT -> height;
            case PICTURE -> PictureBytes.ppm(width, height, frame.rgb());
            case LABEL -> label(frame, width, height);
            case MASK -> throw new IllegalArgumentException("frames come without masks");
        };
    }

    private byte[] label(Frame frame, int width, int height) {
        LabelStore store = labels.ofStream(frame.stream());
        Path file = store == null ? null : store.find(frame);
        return file == null
                ? null
                : PictureBytes.png(width, height, store.read(file, width, height));
    }
}
