// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.frame.Rational;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the audio tracks of a file into an MP4, in step with its video and no longer than it. */
final class AudioMuxer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AudioMuxer.class);

    private final AudioSource source;
    private final double videoEnd;
    private final SoundWindow window;
    private final Map<Integer, Double> mistimed;
    private final NativeResources resources = new NativeResources();
    private final Demuxer demuxer;
    private final Map<Integer, AudioTrack> tracks = new TreeMap<>();
    private final Map<Integer, String> leftOut = new TreeMap<>();
    private final AVPacket packet;
    private boolean waiting;
    private boolean ended;

    /**
     * Opens the file and adds a stream to the output for each of its tracks.
     *
     * @param videoEnd source time at which the video ends, in seconds
     * @param shift by how much later the video is shown than the source says, in seconds
     * @param mistimed tracks whose times must not be believed, and where they end by them
     */
    AudioMuxer(
            AudioSource source,
            double videoEnd,
            double shift,
            Map<Integer, Double> mistimed,
            Mp4File output) {
        this.source = source;
        this.videoEnd = videoEnd;
        this.window =
                new SoundWindow(
                        source.fromSeconds(), Math.min(source.toSeconds(), videoEnd), shift);
        this.mistimed = mistimed;
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
            boolean timed = !mistimed.containsKey(index);
            AudioTrack track =
                    resources.add(
                            timed && CopiedTrack.canCarry(stream.codecpar())
                                    ? new CopiedTrack(stream, window, output)
                                    : new TranscodedTrack(stream, window, timed, output),
                            AudioTrack::close);
            AVDictionary metadata = new AVDictionary(null);
            avutil.av_dict_copy(metadata, stream.metadata(), 0);
            track.stream().metadata(metadata);
            track.stream().disposition(stream.disposition());
            tracks.put(index, track);
        } catch (FfmpegException e) {
            leftOut.put(index, e.getMessage());
        }
    }

    /** Writes the sound that begins before a source time in seconds. */
    void writeUpTo(double seconds) {
        while (!ended && (waiting || read())) {
            AudioTrack track = tracks.get(packet.stream_index());
            if (track != null) {
                if (track.begin(packet) > seconds) {
                    return;
                }
                write(track);
            }
            waiting = false;
        }
    }

    /** Writes all the sound that is left. */
    void writeRest() {
        writeUpTo(Double.POSITIVE_INFINITY);
        tracks.values().forEach(AudioTrack::finish);
    }

    private boolean read() {
        avcodec.av_packet_unref(packet);
        waiting = demuxer.read(packet);
        ended = !waiting;
        return waiting;
    }

    private void write(AudioTrack track) {
        // Of a whole source all is counted, to tell whether its times can be believed.
        if (isWhole() || mistimed.containsKey(packet.stream_index()) || isInWindow(track)) {
            track.write(packet);
        }
    }

    private boolean isInWindow(AudioTrack track) {
        double begin = track.begin(packet);
        AVStream stream = demuxer.stream(packet.stream_index());
        double seconds =
                packet.duration() * Ffmpeg.rational(stream.time_base(), new Rational(1, 1)).value();
        return begin < window.to() && begin + seconds >= window.from();
    }

    private boolean isWhole() {
        return source.toSeconds() == Double.POSITIVE_INFINITY;
    }

    /**
     * The tracks, after {@link #writeRest()}, whose sound would fit the video if their times had
     * been left out of account, and where it ends by these times.
     */
    Map<Integer, Double> mistimed() {
        Map<Integer, Double> found = new TreeMap<>();
        tracks.forEach(
                (index, track) -> {
                    if (isWhole()
                            && !mistimed.containsKey(index)
                            && track.extent().isMistimed(videoEnd)) {
                        found.put(index, track.extent().end());
                    }
                });
        return found;
    }

    /** Says once what was not carried as it is. */
    void report() {
        leftOut.forEach((index, reason) -> warn(index, "is left out: %s", reason));
        tracks.forEach(
                (index, track) -> {
                    if (mistimed.containsKey(index)) {
                        warn(
                                index,
                                "would last until %.1f s by its times, though the video ends at"
                                        + " %.1f s: it is played without gaps",
                                mistimed.get(index),
                                videoEnd);
                    } else if (isWhole() && track.extent().exceeds(videoEnd)) {
                        warn(
                                index,
                                "lasts until %.1f s and is cut where the video ends, at %.1f s",
                                track.extent().end(),
                                videoEnd);
                    }
                });
        if (demuxer.failure() != 0) {
            LOG.warn(
                    "sound of {} ends early: {}", source.file(), Ffmpeg.message(demuxer.failure()));
        }
    }

    private void warn(int index, String what, Object... values) {
        LOG.warn(
                "audio track {} of {} {}",
                index,
                source.file(),
                String.format(Locale.ROOT, what, values));
    }

    @Override
    public void close() {
        resources.close();
    }
}
