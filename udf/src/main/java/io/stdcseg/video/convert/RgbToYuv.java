// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegLibraries;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.NativeResources;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Converter of RGB pictures of one size to planar YUV 4:2:0, so that they can be frames of a video.
 * For one thread at a time.
 */
public final class RgbToYuv implements AutoCloseable {

    /** Colours of the YUV pictures. */
    public static final ColorMetadata COLOR =
            new ColorMetadata(
                    avutil.AVCOL_PRI_BT709, avutil.AVCOL_TRC_BT709, avutil.AVCOL_SPC_BT709, false);

    private final StreamInfo info;
    private final NativeResources resources = new NativeResources();
    private final AVFrame view;
    private final FrameConverter converter;

    /**
     * @param info size of the pictures, which are upright, and {@link #COLOR}
     */
    public RgbToYuv(StreamInfo info) {
        this.info = info;
        FfmpegLibraries.load();
        try {
            this.view = resources.add(Ffmpeg.frame(), avutil::av_frame_free);
            view.width(info.width()).height(info.height()).format(avutil.AV_PIX_FMT_RGB24);
            view.linesize(0, 3 * info.width());
            this.converter = resources.add(new FrameConverter(info, true), FrameConverter::close);
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    /**
     * Writes a picture as planes Y, U, V; both buffers are direct and stay at their positions.
     *
     * @param rgb {@link StreamInfo#rgbBytes()} bytes from its position on: rows of RGB triples
     * @param yuv receives {@link StreamInfo#yuvBytes()} bytes from its position on
     */
    public void write(ByteBuffer rgb, ByteBuffer yuv) {
        BytePointer memory = FfmpegTypes.pointer(rgb, info.rgbBytes(), "RGB");
        view.data(0, memory);
        converter.writeYuv(view, yuv);
        view.data(0, null);
    }

    @Override
    public void close() {
        resources.close();
    }
}
