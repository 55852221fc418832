// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.video.Demuxer;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.Ffmpeg.FfmpegException;
import io.stdcseg.video.Muxer;
import io.stdcseg.video.NativeResources;
import io.stdcseg.video.track.Track.AudioTrack;
import io.stdcseg.video.track.TrackSource.TimeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remuxer of what a file holds besides its pictures into another, in step with its video and no
 * longer than it: sound, subtitles, chapters and tags.
 */
public final class TrackRemuxer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrackRemuxer.class);

    private final TrackSource source;
    private final double videoEnd;
    private final TimeWindow window;
    private final Map<Integer, Double> mistimed;
    private final NativeResources resources = new NativeResources();
    private final Demuxer demuxer;
    private final Map<Integer, Track> tracks = new TreeMap<>();
    private final List<String> dropped = new ArrayList<>();
    private final AVPacket packet;
    private boolean waiting;
    private boolean ended;

    /**
     * Opens the file and adds a stream to the output for each of its tracks.
     *
     * @param video the output's stream of pictures
     * @param videoEnd source time at which the video ends, in seconds
     * @param shift by how much later the video is shown than the source says, in seconds
     * @param mistimed tracks of sound whose times must not be believed, and where they end by them
     */
    public TrackRemuxer(
            TrackSource source,
            AVStream video,
            double videoEnd,
            double shift,
            Map<Integer, Double> mistimed,
            Muxer output) {
        this.source = source;
        this.videoEnd = videoEnd;
        this.window =
                new TimeWindow(source.fromSeconds(), Math.min(source.toSeconds(), videoEnd), shift);
        this.mistimed = mistimed;
        try {
            this.demuxer = resources.add(Demuxer.open(source.file()), Demuxer::close);
            this.packet = resources.add(Ffmpeg.packet(), avcodec::av_packet_free);
            int pictures = demuxer.bestVideo();
            for (int i = 0; i < demuxer.streams(); i++) {
                if (i == pictures) {
                    video.metadata(tags(demuxer.stream(i)));
                } else {
                    addTrack(i, output);
                }
            }
            demuxer.select(tracks::containsKey);
            ended = tracks.isEmpty();
            if (output.container().keepsChapters()) {
                Chapters.copy(demuxer.context(), window, output.context());
            } else if (demuxer.context().nb_chapters() > 0) {
                dropped.add("chapters");
            }
            for (String tag : ContainerTags.copy(demuxer.context(), output)) {
                dropped.add("tag " + tag);
            }
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    private void addTrack(int index, Muxer output) {
        AVStream stream = demuxer.stream(index);
        try {
            Track track = open(stream, output);
            if (track != null) {
                resources.add(track, Track::close);
                track.stream().metadata(tags(stream));
                track.stream().disposition(stream.disposition());
                tracks.put(index, track);
            } else if (!DroppedTracks.isInContainer(stream)) {
                dropped.add(DroppedTracks.name(stream));
            }
        } catch (FfmpegException e) {
            dropped.add(DroppedTracks.name(stream) + " (" + e.getMessage() + ")");
        }
    }

    /** Language, title and the like; what encoded it may be another encoder now. */
    private static AVDictionary tags(AVStream stream) {
        AVDictionary tags = Ffmpeg.copy(stream.metadata());
        avutil.av_dict_set(tags, "encoder", null, 0);
        return tags;
    }

    /** Null where the container has no place for it. */
    private Track open(AVStream stream, Muxer output) {
        AVCodecParameters parameters = stream.codecpar();
        if (parameters.codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
            boolean timed = !mistimed.containsKey(stream.index());
            return timed && CopiedAudioTrack.canCarry(output.container(), parameters)
                    ? new CopiedAudioTrack(stream, window, output)
                    : new TranscodedAudioTrack(stream, window, timed, output);
        }
        if (parameters.codec_type() == avutil.AVMEDIA_TYPE_SUBTITLE
                && SubtitleTrack.canCarry(output.container(), parameters)) {
            return new SubtitleTrack(stream, window, output);
        }
        return null;
    }

    /** Writes what begins before a source time in seconds. */
    public void writeUpTo(double seconds) {
        while (!ended && (waiting || read())) {
            Track track = tracks.get(packet.stream_index());
            if (track != null) {
                if (track.begin(packet) > seconds) {
                    return;
                }
                write(track);
            }
            waiting = false;
        }
    }

    /** Writes all that is left. */
    public void writeRest() {
        writeUpTo(Double.POSITIVE_INFINITY);
        tracks.values().forEach(Track::finish);
    }

    private boolean read() {
        avcodec.av_packet_unref(packet);
        waiting = demuxer.read(packet);
        ended = !waiting;
        return waiting;
    }

    private void write(Track track) {
        // Of a whole source all is counted, to tell whether its times can be believed.
        if (isWhole() || mistimed.containsKey(packet.stream_index()) || track.isInWindow(packet)) {
            track.write(packet);
        }
    }

    private boolean isWhole() {
        return source.toSeconds() == Double.POSITIVE_INFINITY;
    }

    /**
     * The tracks, after {@link #writeRest()}, whose sound would fit the video if their times had
     * been left out of account, and where it ends by these times.
     */
    public Map<Integer, Double> findMistimed() {
        Map<Integer, Double> found = new TreeMap<>();
        tracks.forEach(
                (index, track) -> {
                    if (isWhole()
                            && track instanceof AudioTrack sound
                            && !mistimed.containsKey(index)
                            && sound.extent().isMistimed(videoEnd)) {
                        found.put(index, sound.extent().end());
                    }
                });
        return found;
    }

    /** Says once what was not carried as it is. */
    public void report() {
        if (!dropped.isEmpty()) {
            LOG.warn(
                    "{} also holds what its masked video does not: {}",
                    source.file(),
                    String.join(", ", dropped));
        }
        tracks.forEach(
                (index, track) -> {
                    if (track instanceof AudioTrack sound) {
                        reportTimes(index, sound.extent());
                    }
                });
        if (demuxer.failure() != 0) {
            LOG.warn(
                    "sound of {} ends early: {}", source.file(), Ffmpeg.message(demuxer.failure()));
        }
    }

    private void reportTimes(int index, AudioExtent sound) {
        if (mistimed.containsKey(index)) {
            warn(
                    index,
                    "would last until %.1f s by its times, though the video ends at %.1f s: it is"
                            + " played without gaps",
                    mistimed.get(index),
                    videoEnd);
        } else if (isWhole() && sound.exceeds(videoEnd)) {
            warn(
                    index,
                    "lasts until %.1f s and is cut where the video ends, at %.1f s",
                    sound.end(),
                    videoEnd);
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
