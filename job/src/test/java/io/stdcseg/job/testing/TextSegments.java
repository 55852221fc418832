// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.output.video.SegmentFormat;
import io.stdcseg.video.track.TrackSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Segments of video as text: a line per frame. */
public class TextSegments implements SegmentFormat {

    @Override
    public String ending() {
        return "mp4";
    }

    @Override
    public SegmentFile create(Path file, StreamInfo info) throws IOException {
        Files.createFile(file);
        List<String> lines = new ArrayList<>();
        return new SegmentFile() {
            @Override
            public void add(SegmentedFrame frame) {
                lines.add(
                        frame.frame().index()
                                + " "
                                + frame.frame().pts()
                                + " "
                                + frame.frame().yuv().get(0));
            }

            @Override
            public void close() throws IOException {
                Files.write(file, lines);
            }

            @Override
            public void abandon() throws IOException {
                Files.delete(file);
            }
        };
    }

    @Override
    public void join(
            List<Path> segments, StreamInfo info, TrackSource audio, Path output, Path temporary)
            throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("audio " + (audio == null ? "none" : sound(audio)));
        for (Path segment : segments) {
            lines.addAll(Files.readAllLines(segment));
        }
        Files.write(temporary, lines);
        Files.move(temporary, output, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String sound(TrackSource audio) {
        return audio.equals(TrackSource.all(audio.file()))
                ? audio.file().toString()
                : String.format(
                        Locale.ROOT,
                        "%s %.2f %.2f",
                        audio.file(),
                        audio.fromSeconds(),
                        audio.toSeconds());
    }
}
