// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.Demuxer;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.convert.ColorSpaces;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/** Description of a video stream, read from its container and its first frame. */
public final class StreamDescription {

    private static final Rational SQUARE_PIXELS = new Rational(1, 1);
    private static final Rational DEFAULT_RATE = new Rational(25, 1);
    private static final Rational MICROSECONDS = new Rational(1, 1_000_000);

    private StreamDescription() {}

    static StreamInfo of(String name, Path file, Demuxer demuxer, AVStream stream, AVFrame first) {
        return of(
                name,
                file.toString(),
                FfmpegTypes.rational(stream.time_base(), MICROSECONDS),
                demuxer.context(),
                stream,
                first);
    }

    /**
     * Describes a stream from one of its pictures, whatever its timestamps become.
     *
     * @param timeBase of the timestamps that its frames get
     */
    public static StreamInfo of(
            String name,
            String source,
            Rational timeBase,
            AVFormatContext context,
            AVStream stream,
            AVFrame first) {
        return new StreamInfo(
                name,
                source,
                first.width(),
                first.height(),
                rotation(stream, first),
                timeBase,
                frameRate(context, stream),
                FfmpegTypes.rational(
                        avformat.av_guess_sample_aspect_ratio(context, stream, first),
                        SQUARE_PIXELS),
                ColorSpaces.of(first));
    }

    static Rational frameRate(Demuxer demuxer, AVStream stream) {
        return frameRate(demuxer.context(), stream);
    }

    private static Rational frameRate(AVFormatContext context, AVStream stream) {
        return FfmpegTypes.rational(
                avformat.av_guess_frame_rate(context, stream, null), DEFAULT_RATE);
    }

    /** Clockwise quarter turns that the container asks for, in degrees; else the picture's. */
    private static int rotation(AVStream stream, AVFrame first) {
        AVCodecParameters parameters = stream.codecpar();
        AVPacketSideData ofStream =
                avcodec.av_packet_side_data_get(
                        parameters.coded_side_data(),
                        parameters.nb_coded_side_data(),
                        avcodec.AV_PKT_DATA_DISPLAYMATRIX);
        if (ofStream != null && !ofStream.isNull()) {
            return degrees(ofStream.data());
        }
        AVFrameSideData ofPicture =
                avutil.av_frame_get_side_data(first, avutil.AV_FRAME_DATA_DISPLAYMATRIX);
        return ofPicture == null || ofPicture.isNull() ? 0 : degrees(ofPicture.data());
    }

    private static int degrees(BytePointer matrix) {
        double counterclockwise = avutil.av_display_rotation_get(new IntPointer(matrix));
        if (Double.isNaN(counterclockwise)) {
            return 0;
        }
        return Math.floorMod((int) Math.round(-counterclockwise / 90), 4) * 90;
    }
}
