// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.event;

import io.stdcseg.job.output.commit.Committable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Event: a piece of masked video is published.
 *
 * @param kind segment of a playlist, chunk, or whole video
 * @param output absolute path of the output folder
 * @param file path of the piece in it
 * @param start stream time of its first frame, in seconds
 * @param end stream time at which its last frame is over, in seconds
 * @param weights that made its masks, in order: SHA-256 of their files; empty where they are the
 *     whole run's
 */
public record VideoEvent(
        String stream,
        String kind,
        String output,
        String file,
        double start,
        double end,
        long frames,
        List<String> weights) {

    public VideoEvent {
        weights = List.copyOf(weights);
    }

    /** Of a piece from the first to the last of some segments. */
    static VideoEvent of(String kind, String output, String file, StreamPieces.Piece piece) {
        Committable.Segment first = piece.first();
        Committable.Segment last = piece.last();
        return new VideoEvent(
                first.stream(),
                kind,
                output,
                file,
                first.info().seconds(first.firstPts()),
                last.info().seconds(last.endPts()),
                piece.frames(),
                piece.weights());
    }

    /** What a line says of it: plain values by name. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("stream", stream);
        map.put("kind", kind);
        map.put("output", output);
        map.put("file", file);
        map.put("start", start);
        map.put("end", end);
        map.put("frames", frames);
        if (!weights.isEmpty()) {
            map.put("weights", weights);
        }
        return map;
    }
}
