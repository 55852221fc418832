// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.Rational;
import io.stdcseg.label.MaskFileReader;
import io.stdcseg.picture.PictureReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;

/**
 * Operator that makes segmented frames of rows with a picture and its mask, for the writer of
 * video. Each video is one range, which ends with the input. Rows without picture or mask are left
 * out. Where there is a column of times every row has one: between two others there may be no room
 * for a frame whose time nobody knows.
 *
 * <p>State: of each video how many frames it has, and the time of the last.
 */
final class MaskedFrames extends AbstractStreamOperator<FrameElement>
        implements OneInputStreamOperator<RowData, FrameElement>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** The video of rows that name none. */
    static final String UNNAMED = "video";

    /** Of an hour's video 90,000 ticks a second fit into 32 bits; frames of any rate into them. */
    private static final Rational TIME_BASE = new Rational(1, 90_000);

    private final List<VideoColumn> columns;
    private final Rational frameRate;
    private transient ListState<Tuple3<String, Long, Long>> state;
    private transient Map<String, Progress> videos;
    private transient FrameBuilder builder;
    private transient MaskFileReader masks;

    /** Frames of a video so far, and the last one's ticks. */
    private record Progress(long frames, long lastPts) {

        static final Progress NONE = new Progress(0, -1);
    }

    /**
     * @param columns of the rows
     * @param frameRate frames a second where there is no column of times
     */
    MaskedFrames(List<VideoColumn> columns, Rational frameRate) {
        this.columns = List.copyOf(columns);
        this.frameRate = frameRate;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "videos",
                                        Types.TUPLE(Types.STRING, Types.LONG, Types.LONG)));
        videos = new TreeMap<>();
        for (Tuple3<String, Long, Long> video : state.get()) {
            videos.put(video.f0, new Progress(video.f1, video.f2));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.update(
                videos.entrySet().stream()
                        .map(
                                video ->
                                        Tuple3.of(
                                                video.getKey(),
                                                video.getValue().frames(),
                                                video.getValue().lastPts()))
                        .toList());
    }

    @Override
    public void open() throws Exception {
        super.open();
        builder = new FrameBuilder(TIME_BASE, frameRate);
        masks = new MaskFileReader();
    }

    @Override
    public void processElement(StreamRecord<RowData> record) throws Exception {
        RowData row = record.getValue();
        int picture = columns.indexOf(VideoColumn.PICTURE);
        int mask = columns.indexOf(VideoColumn.MASK);
        if (row.isNullAt(picture) || row.isNullAt(mask)) {
            return;
        }
        try {
            String video = video(row);
            Progress progress = videos.getOrDefault(video, Progress.NONE);
            String what = "of frame " + progress.frames() + " of " + video;
            long pts = pts(row, progress, what);
            output.collect(
                    new StreamRecord<>(
                            builder.frame(
                                    video,
                                    progress.frames(),
                                    pts,
                                    PictureReader.read(what, row.getBinary(picture)),
                                    masks.read(what, row.getBinary(mask)))));
            videos.put(video, new Progress(progress.frames() + 1, pts));
        } catch (InputException e) {
            throw new SuppressRestartsException(e);
        }
    }

    private String video(RowData row) {
        int column = columns.indexOf(VideoColumn.VIDEO);
        if (column < 0 || row.isNullAt(column)) {
            return UNNAMED;
        }
        String name = row.getString(column).toString();
        if (!name.matches("[^/\\\\\\p{Cntrl}]+") || name.startsWith(".")) {
            throw new InputException(
                    "video '"
                            + name
                            + "' cannot be a file's name; one without / that does not begin with a"
                            + " dot can");
        }
        return name;
    }

    private long pts(RowData row, Progress progress, String what) {
        int column = columns.indexOf(VideoColumn.SECONDS);
        if (column < 0) {
            return Math.round(progress.frames() / frameRate.value() / TIME_BASE.value());
        }
        Double seconds = row.isNullAt(column) ? null : row.getDouble(column);
        InputException.unless(
                seconds != null && seconds >= 0 && seconds < Double.POSITIVE_INFINITY,
                "seconds " + what,
                seconds == null ? "NULL" : seconds,
                "a time from 0 on, or no column of that name,");
        long pts = Math.round(seconds / TIME_BASE.value());
        if (pts <= progress.lastPts()) {
            throw new InputException(
                    "time "
                            + seconds
                            + " s "
                            + what
                            + " is not after that of the frame before it; rows have to come in"
                            + " the order of their time, as they do from one slot");
        }
        return pts;
    }

    @Override
    public void endInput() {
        videos.forEach(
                (video, progress) -> {
                    emit(new FrameElement.RangeEnd(video, 0, progress.frames(), 0));
                    emit(new FrameElement.StreamEnd(video, video, 1, null));
                });
    }

    private void emit(FrameElement element) {
        output.collect(new StreamRecord<>(element));
    }

    @Override
    public void close() throws Exception {
        if (builder != null) {
            builder.close();
        }
        super.close();
    }
}
