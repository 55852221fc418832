// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Rational;
import io.stdcseg.video.Demuxer;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.NativeResources;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;

/** Video packets of segments, one file after the other. */
final class SegmentPackets implements AutoCloseable {

    private final List<Path> segments;
    private final NativeResources resources = new NativeResources();
    private final AVPacket packet;
    private final int codec;
    private final byte[] parameterSets;
    private final Rational timeBase;
    private final long begin;
    private final long end;
    private Demuxer current;
    private int position;
    private long lastDts = Long.MIN_VALUE;

    SegmentPackets(List<Path> segments) {
        this.segments = segments;
        this.current = open(segments.get(0));
        try {
            this.codec = stream().codecpar().codec_id();
            this.parameterSets = parameterSets(current);
            this.timeBase = timeBase(current);
            this.packet = resources.add(Ffmpeg.packet(), avcodec::av_packet_free);
            this.begin = begin(segments.get(0));
            this.end = end(segments.get(segments.size() - 1));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static Demuxer open(Path segment) {
        Demuxer demuxer = Demuxer.open(segment);
        if (demuxer.streams() != 1) {
            int streams = demuxer.streams();
            demuxer.close();
            throw new IllegalStateException(
                    "segment " + segment + " has " + streams + " streams, not one");
        }
        return demuxer;
    }

    /** How the pictures are coded; valid until {@link #next()}. */
    AVStream stream() {
        return current.stream(0);
    }

    /** Of the packets' times. */
    Rational timeBase() {
        return timeBase;
    }

    /** When the first picture is shown, in ticks. */
    long begin() {
        return begin;
    }

    /** When the last picture is over, in ticks. */
    long end() {
        return end;
    }

    private long begin(Path segment) {
        try (Demuxer demuxer = open(segment)) {
            long begin = demuxer.read(packet) ? packet.pts() : 0;
            avcodec.av_packet_unref(packet);
            return begin;
        }
    }

    private long end(Path segment) {
        long end = 0;
        try (Demuxer demuxer = open(segment)) {
            while (demuxer.read(packet)) {
                end = packet.pts() + packet.duration();
                avcodec.av_packet_unref(packet);
            }
        }
        return end;
    }

    /** The next packet, or null at the end; whoever takes its content leaves it empty. */
    AVPacket next() {
        avcodec.av_packet_unref(packet);
        while (!current.read(packet)) {
            Ffmpeg.check(Math.min(0, current.failure()), "read segment " + segments.get(position));
            if (position + 1 == segments.size()) {
                return null;
            }
            current.close();
            current = open(segments.get(++position));
            requireSameParameters();
        }
        if (packet.dts() <= lastDts) {
            throw new IllegalStateException(
                    "segment "
                            + segments.get(position)
                            + " does not follow the one before: time "
                            + packet.dts()
                            + " after "
                            + lastDts);
        }
        lastDts = packet.dts();
        return packet;
    }

    private void requireSameParameters() {
        if (codec != stream().codecpar().codec_id()
                || !Arrays.equals(parameterSets, parameterSets(current))
                || !timeBase.equals(timeBase(current))) {
            throw new InputException(
                    "segment "
                            + segments.get(position)
                            + " is not encoded like "
                            + segments.get(0)
                            + "; all machines of a cluster need the same encoders");
        }
    }

    private static byte[] parameterSets(Demuxer segment) {
        AVCodecParameters parameters = segment.stream(0).codecpar();
        BytePointer data = parameters.extradata();
        byte[] bytes = new byte[data == null ? 0 : parameters.extradata_size()];
        if (data != null) {
            data.get(bytes);
        }
        return bytes;
    }

    private static Rational timeBase(Demuxer segment) {
        return FfmpegTypes.rational(segment.stream(0).time_base(), new Rational(1, 1));
    }

    @Override
    public void close() {
        current.close();
        resources.close();
    }
}
