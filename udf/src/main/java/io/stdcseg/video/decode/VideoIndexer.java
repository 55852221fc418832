// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import io.stdcseg.frame.Rational;
import io.stdcseg.video.Demuxer;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegTypes;
import io.stdcseg.video.decode.RandomAccess.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Indexer of a video file: reads its packets and finds out whether they tell of every picture.
 *
 * <p>They do where the file begins with a key frame, each packet gives one picture with a time of
 * its own, times of a group lie between the key frames around it, edits trim only the ends, and
 * nothing is missing. Used once, by one thread.
 */
final class VideoIndexer {

    private static final Rational MICROSECONDS = new Rational(1, 1_000_000);

    private final Path file;
    private final LongStream.Builder shown = LongStream.builder();
    private final List<Group> groups = new ArrayList<>();
    private final LongStream.Builder trimmed = LongStream.builder();
    private boolean tells = true;

    VideoIndexer(Path file) {
        this.file = file;
    }

    /** The index; null where packets do not tell of every picture. */
    VideoIndex index() {
        try (Demuxer demuxer = Demuxer.open(file)) {
            int video = demuxer.bestVideo();
            if (video < 0) {
                return null;
            }
            demuxer.select(i -> i == video);
            RandomAccess access = new RandomAccess(demuxer.stream(video).codecpar());
            tells = access.onePicturePerPacket();
            read(demuxer, video, access);
            tells &= demuxer.failure() == 0 && !TruncatedFile.isTruncated(demuxer.file());
            return tells
                    ? build(FfmpegTypes.rational(demuxer.stream(video).time_base(), MICROSECONDS))
                    : null;
        }
    }

    private void read(Demuxer demuxer, int video, RandomAccess access) {
        AVPacket packet = Ffmpeg.packet();
        try {
            while (tells && demuxer.read(packet)) {
                if (packet.stream_index() == video) {
                    add(packet, access);
                }
                avcodec.av_packet_unref(packet);
            }
        } finally {
            avcodec.av_packet_free(packet);
        }
    }

    private void add(AVPacket packet, RandomAccess access) {
        if (packet.pts() == avutil.AV_NOPTS_VALUE
                || packet.size() == 0
                || (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0
                || changesParameters(packet)) {
            tells = false;
            return;
        }
        Access kind = access.of(packet);
        if (kind != Access.NONE) {
            groups.add(new Group(packet.pts(), kind == Access.CLOSED));
        } else if (groups.isEmpty()) {
            tells = false;
            return;
        }
        groups.get(groups.size() - 1).add(packet.pts());
        if (access.isShown(packet)) {
            shown.add(packet.pts());
        } else if ((packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) != 0) {
            trimmed.add(packet.pts());
        }
    }

    private static boolean changesParameters(AVPacket packet) {
        return has(packet, avcodec.AV_PKT_DATA_NEW_EXTRADATA)
                || has(packet, avcodec.AV_PKT_DATA_PARAM_CHANGE);
    }

    private static boolean has(AVPacket packet, int sideData) {
        var data = avcodec.av_packet_get_side_data(packet, sideData, (SizeTPointer) null);
        return data != null && !data.isNull();
    }

    private VideoIndex build(Rational timeBase) {
        long[] pts = shown.build().sorted().toArray();
        for (int i = 1; i < pts.length; i++) {
            if (pts[i] == pts[i - 1]) {
                return null;
            }
        }
        if (pts.length == 0 || !onlyEndsAreTrimmed(pts) || !groupsFollowEachOther()) {
            return null;
        }
        return new VideoIndex(timeBase, pts, groups.stream().map(Group::key).toList());
    }

    /** The second edit of a list trims in the middle. */
    private boolean onlyEndsAreTrimmed(long[] pts) {
        return trimmed.build().allMatch(time -> time < pts[0] || time > pts[pts.length - 1]);
    }

    /** Where recordings were strung together, times jump back. */
    private boolean groupsFollowEachOther() {
        if (groups.get(0).first < groups.get(0).key) {
            return false;
        }
        for (int i = 1; i < groups.size(); i++) {
            Group before = groups.get(i - 1);
            Group group = groups.get(i);
            if (before.last >= group.key || group.first <= before.key) {
                return false;
            }
        }
        return true;
    }

    /** Group of pictures: a key frame and the packets up to the next. */
    private static final class Group {

        private final long key;
        private final boolean closed;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        Group(long key, boolean closed) {
            this.key = key;
            this.closed = closed;
        }

        void add(long pts) {
            first = Math.min(first, pts);
            last = Math.max(last, pts);
        }

        VideoIndex.KeyFrame key() {
            return new VideoIndex.KeyFrame(key, closed && first >= key);
        }
    }
}
