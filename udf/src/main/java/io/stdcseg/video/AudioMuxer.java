// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the audio tracks of a file into an MP4, in step with its video. */
final class AudioMuxer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AudioMuxer.class);

    private final AudioSource source;
    private final NativeResources resources = new NativeResources();
    private final Demuxer demuxer;
    private final Map<Integer, AudioTrack> tracks = new HashMap<>();
    private final AVPacket packet;
    private boolean waiting;
    private boolean ended;

    /** Opens the file and adds a stream to the output for each of its tracks. */
    AudioMuxer(AudioSource source, Mp4File output) {
        this.source = source;
        try {
            this.demuxer = resources.add(Demuxer.open(source.file()), Demuxer::close);
            this.packet = resources.add(Ffmpeg.packet(), avcodec::av_packet_free);
            for (int i = 0; i < demuxer.streams(); i++) {
                if (AudioTracks.isAudio(demuxer, i)) {
                    addTrack(i, output);
                }
            }
            demuxer.select(tracks::containsKey);
            ended = tracks.isEmpty();
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    private void addTrack(int index, Mp4File output) {
        AVStream stream = demuxer.stream(index);
        try {
            AudioTrack track =
                    resources.add(
                            CopiedTrack.canCarry(stream.codecpar())
                                    ? new CopiedTrack(stream, output)
                                    : new TranscodedTrack(stream, output),
                            AudioTrack::close);
            AVDictionary metadata = new AVDictionary(null);
            avutil.av_dict_copy(metadata, stream.metadata(), 0);
            track.stream().metadata(metadata);
            track.stream().disposition(stream.disposition());
            tracks.put(index, track);
        } catch (FfmpegException e) {
            LOG.warn("audio track {} of {} is left out: {}", index, source.file(), e.getMessage());
        }
    }

    /** Writes the sound that begins before a stream time; times are moved by {@code shift}. */
    void writeUpTo(double seconds, double shift) {
        while (!ended && (waiting || read())) {
            if (begin() > seconds) {
                return;
            }
            write(shift);
        }
    }

    /** Writes all the sound that is left. */
    void writeRest(double shift) {
        writeUpTo(Double.POSITIVE_INFINITY, shift);
        tracks.values().forEach(AudioTrack::finish);
    }

    private boolean read() {
        avcodec.av_packet_unref(packet);
        waiting = demuxer.read(packet);
        ended = !waiting;
        if (demuxer.failure() != 0) {
            LOG.warn(
                    "sound of {} ends early: {}", source.file(), Ffmpeg.message(demuxer.failure()));
        }
        return waiting;
    }

    private double begin() {
        long time = packet.dts() != avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
        AudioTrack track = tracks.get(packet.stream_index());
        // A packet without a time goes with its neighbours.
        return track == null || time == avutil.AV_NOPTS_VALUE
                ? Double.NEGATIVE_INFINITY
                : time * track.timeBase().value();
    }

    private void write(double shift) {
        waiting = false;
        AudioTrack track = tracks.get(packet.stream_index());
        if (track == null) {
            return;
        }
        double begin = begin();
        double end = begin + packet.duration() * track.timeBase().value();
        if (begin < source.toSeconds() && end >= source.fromSeconds()) {
            track.write(packet, Math.round(shift / track.timeBase().value()));
        }
    }

    @Override
    public void close() {
        resources.close();
    }
}
