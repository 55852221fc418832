// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.error.InputException;
import io.stdcseg.video.live.LiveAddress;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stream that the job will read: a video file, or picture files in order.
 *
 * @param name unique in the job; names the files written for the stream
 * @param source what the user gave, or what a glob made of it
 * @param kind what the frames come from
 * @param path the video file, or the folder that {@code pictures} are relative to; absolute; of a
 *     live stream its address, which may hold credentials
 * @param pictures files in order, for {@link StreamKind#PICTURES}; else empty
 * @param timing of the pictures, for {@link StreamKind#PICTURES}; else null
 * @param error why the stream cannot be read, for {@link StreamKind#UNREADABLE}; else null
 */
public record PlannedStream(
        String name,
        String source,
        StreamKind kind,
        String path,
        List<String> pictures,
        PictureTiming timing,
        String error)
        implements Serializable {

    public PlannedStream {
        pictures = List.copyOf(pictures);
    }

    static PlannedStream video(String name, String path) {
        return new PlannedStream(name, path, StreamKind.VIDEO, path, List.of(), null, null);
    }

    static PlannedStream pictures(
            String name, String source, String folder, List<String> files, PictureTiming timing) {
        return new PlannedStream(name, source, StreamKind.PICTURES, folder, files, timing, null);
    }

    /** A live stream, whose full address only FFmpeg is given. */
    static PlannedStream live(String name, LiveAddress address) {
        return new PlannedStream(
                name, address.shown(), StreamKind.LIVE, address.full(), List.of(), null, null);
    }

    static PlannedStream unreadable(String name, String source, String error) {
        return new PlannedStream(
                name, source, StreamKind.UNREADABLE, source, List.of(), null, error);
    }

    /** The same under another name. */
    PlannedStream named(String other) {
        return new PlannedStream(other, source, kind, path, pictures, timing, error);
    }

    /** A picture's path in its folder, without its ending, with {@code /} between folders. */
    public String pictureName(int number) {
        String file = pictures.get(number).replace('\\', '/');
        int dot = file.lastIndexOf('.');
        return dot > file.lastIndexOf('/') + 1 ? file.substring(0, dot) : file;
    }

    /**
     * Refuses two pictures of one name, such as {@code a.jpg} and {@code a.png}: what is written
     * for a picture bears its name.
     *
     * @throws InputException that names both
     */
    public void requireDistinctPictureNames() {
        Map<String, String> files = new HashMap<>();
        for (int i = 0; i < pictures.size(); i++) {
            String file = pictures.get(i);
            String other = files.putIfAbsent(pictureName(i), file);
            if (other != null) {
                throw new InputException(
                        "pictures "
                                + other
                                + " and "
                                + file
                                + " of "
                                + source
                                + " would both have the mask "
                                + pictureName(i)
                                + ".png; names must differ in more than their endings");
            }
        }
    }

    /** Without the path: that of a live stream is a secret. */
    @Override
    public String toString() {
        return name + " (" + kind + ", " + source + ")";
    }

    /** Kind of a stream: what its frames come from. */
    public enum StreamKind {
        /** One video file. */
        VIDEO,
        /** Picture files, in order. */
        PICTURES,
        /** An address that gives pictures as they come. */
        LIVE,
        /** Nothing: planning found that it cannot be read. */
        UNREADABLE
    }
}
