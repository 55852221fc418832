// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import io.stdcseg.frame.MotionField;
import io.stdcseg.frame.StreamInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVMotionVector;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/**
 * Motion vectors that a decoder has met anyway, as motion from one picture to the next. FFmpeg
 * hands out those of H.264 and of the family of MPEG-1, MPEG-2 and MPEG-4; other codecs have none.
 * One for a series of pictures in the order they are shown; not thread-safe.
 *
 * <p>A vector leads to an earlier picture, of which FFmpeg says no more than that. It is taken for
 * the last one shown that is no B picture, as it is in MPEG-4 and nearly always in H.264, and the
 * motion for even. Blocks that are not predicted from an earlier picture have none.
 */
public final class MotionVectors {

    private static final int SIZE = new AVMotionVector().sizeof();
    private static final int SOURCE = offset("source");
    private static final int WIDTH = offset("w");
    private static final int HEIGHT = offset("h");
    private static final int X = offset("dst_x");
    private static final int Y = offset("dst_y");
    private static final int MOTION_X = offset("motion_x");
    private static final int MOTION_Y = offset("motion_y");
    private static final int SCALE = offset("motion_scale");

    private static final int BLOCK = MotionField.BLOCK;

    /** So many frames may be on their way. */
    private static final int MOST_SPARE = 64;

    /**
     * Memory of fields that were closed: those of large pictures would be garbage of their size.
     */
    private final Queue<short[]> spare = new ArrayBlockingQueue<>(MOST_SPARE);

    /** From the last picture that others may refer to. */
    private int distance;

    private boolean afterReference = true;

    private static int offset(String member) {
        return Pointer.offsetof(AVMotionVector.class, member);
    }

    /** Asks a decoder for its vectors, before it is opened. */
    public static void export(AVCodecContext codec) {
        codec.flags2(codec.flags2() | avcodec.AV_CODEC_FLAG2_EXPORT_MVS);
    }

    /** Takes in the next picture, whether or not its vectors are wanted. */
    public void next(AVFrame picture) {
        distance = afterReference ? 1 : distance + 1;
        afterReference = picture.pict_type() != avutil.AV_PICTURE_TYPE_B;
    }

    /**
     * Motion to the present picture; null where the decoder tells none, as of key pictures.
     *
     * @param info what pictures of the stream are like; of one with another size there is none
     */
    public MotionField read(AVFrame picture, StreamInfo info) {
        if (picture.width() != info.width() || picture.height() != info.height()) {
            return null;
        }
        AVFrameSideData data =
                avutil.av_frame_get_side_data(picture, avutil.AV_FRAME_DATA_MOTION_VECTORS);
        if (data == null || data.isNull() || data.size() < SIZE) {
            return null;
        }
        ByteBuffer vectors =
                data.data().capacity(data.size()).asByteBuffer().order(ByteOrder.nativeOrder());
        int columns = MotionField.blocks(info.width());
        int rows = MotionField.blocks(info.height());
        short[] moves = take(2 * columns * rows);
        Arrays.fill(moves, MotionField.UNKNOWN);
        for (int at = 0; at + SIZE <= vectors.capacity(); at += SIZE) {
            if (vectors.getInt(at + SOURCE) < 0) {
                fill(vectors, at, moves, columns, rows);
            }
        }
        return upright(new MotionField(columns, rows, moves, spare::offer), info);
    }

    private short[] take(int length) {
        short[] moves = spare.poll();
        return moves != null && moves.length == length ? moves : new short[length];
    }

    private void fill(ByteBuffer vectors, int at, short[] moves, int columns, int rows) {
        int width = vectors.get(at + WIDTH) & 255;
        int height = vectors.get(at + HEIGHT) & 255;
        // FFmpeg counts towards the earlier picture.
        double scale = -1.0 / ((vectors.getShort(at + SCALE) & 0xffff) * distance);
        short right = (short) Math.rint(vectors.getInt(at + MOTION_X) * scale);
        short down = (short) Math.rint(vectors.getInt(at + MOTION_Y) * scale);
        int left = (vectors.getShort(at + X) - width / 2) / BLOCK;
        int top = (vectors.getShort(at + Y) - height / 2) / BLOCK;
        for (int row = Math.max(0, top); row < Math.min(rows, top + height / BLOCK); row++) {
            int end = Math.min(columns, left + width / BLOCK);
            for (int column = Math.max(0, left); column < end; column++) {
                moves[2 * (row * columns + column)] = right;
                moves[2 * (row * columns + column) + 1] = down;
            }
        }
    }

    /** Turned as players turn the picture: of each upright block the motion at its middle. */
    private MotionField upright(MotionField coded, StreamInfo info) {
        if (info.rotation() == 0) {
            return coded;
        }
        int columns = MotionField.blocks(info.displayWidth());
        int rows = MotionField.blocks(info.displayHeight());
        short[] moves = take(2 * columns * rows);
        for (int row = 0, at = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++, at += 2) {
                turn(coded, info, column * BLOCK + BLOCK / 2, row * BLOCK + BLOCK / 2, moves, at);
            }
        }
        coded.close();
        return new MotionField(columns, rows, moves, spare::offer);
    }

    private static void turn(
            MotionField coded, StreamInfo info, int x, int y, short[] moves, int at) {
        int codedX =
                switch (info.rotation()) {
                    case 90 -> y;
                    case 180 -> info.width() - 1 - x;
                    default -> info.width() - 1 - y;
                };
        int codedY =
                switch (info.rotation()) {
                    case 90 -> info.height() - 1 - x;
                    case 180 -> info.height() - 1 - y;
                    default -> x;
                };
        int column = Math.max(0, Math.min(coded.columns() - 1, codedX / BLOCK));
        int row = Math.max(0, Math.min(coded.rows() - 1, codedY / BLOCK));
        short right = coded.moves()[2 * (row * coded.columns() + column)];
        short down = coded.moves()[2 * (row * coded.columns() + column) + 1];
        if (right == MotionField.UNKNOWN) {
            moves[at] = MotionField.UNKNOWN;
            return;
        }
        moves[at] =
                (short)
                        switch (info.rotation()) {
                            case 90 -> -down;
                            case 180 -> -right;
                            default -> down;
                        };
        moves[at + 1] =
                (short)
                        switch (info.rotation()) {
                            case 90 -> right;
                            case 180 -> -down;
                            default -> -right;
                        };
    }
}
