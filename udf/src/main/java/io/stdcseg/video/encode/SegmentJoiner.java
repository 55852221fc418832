// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import io.stdcseg.file.DurableFiles;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.Container;
import io.stdcseg.video.Muxer;
import io.stdcseg.video.track.TrackRemuxer;
import io.stdcseg.video.track.TrackSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * Concatenation of a stream's segments, without decoding them again, and of the tracks of its
 * source into one file with its index in front ({@code faststart}).
 *
 * <p>Every picture keeps its time, to the tick of the container: MKV and WebM have milliseconds, TS
 * 90,000ths of a second, the others whatever the source has. The output appears whole or not at
 * all, and joining again gives it again.
 */
public final class SegmentJoiner {

    private final List<Path> segments;
    private final StreamInfo info;
    private final TrackSource tracks;
    private final Container container;
    private final boolean fromZero;

    private SegmentJoiner(
            List<Path> segments,
            StreamInfo info,
            TrackSource tracks,
            Container container,
            boolean fromZero) {
        this.segments = segments;
        this.info = info;
        this.tracks = tracks;
        this.container = container;
        this.fromZero = fromZero;
    }

    /**
     * Joins to an MP4, with all tracks of a file; a hidden temporary file beside the output is
     * renamed at the end.
     *
     * @param trackSource null for pictures only
     */
    public static void join(List<Path> segments, StreamInfo info, Path trackSource, Path output)
            throws IOException {
        join(
                segments,
                info,
                trackSource == null ? null : TrackSource.all(trackSource),
                Container.MP4,
                output,
                output.resolveSibling("." + output.getFileName() + ".part"));
    }

    /**
     * Joins segments in the order given.
     *
     * @param segments written by {@link SegmentEncoder} with equal options for the same stream, in
     *     order of time; at least one
     * @param tracks null for pictures only; a source without any other track is fine too
     * @param container holds the codec of the segments
     * @param temporary where the output grows before it is renamed; on the output's file system,
     *     overwritten if it is there
     */
    public static void join(
            List<Path> segments,
            StreamInfo info,
            TrackSource tracks,
            Container container,
            Path output,
            Path temporary)
            throws IOException {
        new SegmentJoiner(segments, info, tracks, container, false).join(output, temporary);
    }

    /** The same for a video whose first picture is shown at 0, whatever its segment says. */
    public static void joinFromZero(
            List<Path> segments,
            StreamInfo info,
            TrackSource tracks,
            Container container,
            Path output,
            Path temporary)
            throws IOException {
        new SegmentJoiner(segments, info, tracks, container, true).join(output, temporary);
    }

    private void join(Path output, Path temporary) throws IOException {
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("no segments of stream " + info.name());
        }
        try {
            write(temporary);
            Files.move(temporary, output, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        DurableFiles.fsyncFolder(output.toAbsolutePath().getParent());
    }

    private void write(Path file) throws IOException {
        Map<Integer, Double> mistimed = new TreeMap<>();
        while (!write(file, mistimed)) {
            // Only at the end of a track it shows whether its times can be believed.
        }
    }

    /**
     * Returns whether the sound goes with the video; if not, tracks were added to {@code mistimed}
     * that must be written otherwise.
     */
    private boolean write(Path file, Map<Integer, Double> mistimed) throws IOException {
        try (SegmentPackets video = new SegmentPackets(segments);
                InBandHeader header = new InBandHeader(container, video.stream().codecpar());
                Muxer output = new Muxer(file, container)) {
            // The one with number 0.
            AVStream stream = output.addStream(video.stream().codecpar(), info.timeBase());
            stream.avg_frame_rate(video.stream().avg_frame_rate());
            stream.sample_aspect_ratio(video.stream().sample_aspect_ratio());
            double secondsPerTick = video.timeBase().value();
            // Players do not show what lies before zero.
            long shift = fromZero ? -video.begin() : Math.max(0, -video.begin());
            try (TrackRemuxer remuxer =
                    tracks == null
                            ? null
                            : new TrackRemuxer(
                                    tracks,
                                    stream,
                                    video.end() * secondsPerTick,
                                    shift * secondsPerTick,
                                    mistimed,
                                    output)) {
                output.writeHeader(container.fileOptions(info.timeBase()));
                interleave(video, header, shift, remuxer, output);
                if (remuxer != null) {
                    Map<Integer, Double> found = remuxer.findMistimed();
                    if (!found.isEmpty()) {
                        mistimed.putAll(found);
                        return false;
                    }
                    remuxer.report();
                }
            }
            output.finish();
            return true;
        }
    }

    private static void interleave(
            SegmentPackets video,
            InBandHeader header,
            long shift,
            TrackRemuxer remuxer,
            Muxer output) {
        double secondsPerTick = video.timeBase().value();
        for (AVPacket packet; (packet = video.next()) != null; ) {
            if (remuxer != null) {
                remuxer.writeUpTo(packet.dts() * secondsPerTick);
            }
            packet.pts(packet.pts() + shift).dts(packet.dts() + shift);
            output.write(header.before(packet), 0, video.timeBase());
        }
        if (remuxer != null) {
            remuxer.writeRest();
        }
    }
}
