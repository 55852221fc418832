// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Files and folders that this JVM forces to the disk ({@code fsync}), as Flight Recorder sees. */
public final class ForcedFiles implements AutoCloseable {

    private static final String FORCE = "jdk.FileForce";

    private final Recording recording = new Recording();

    /** Starts recording. */
    public ForcedFiles() {
        recording.enable(FORCE).withoutThreshold().withoutStackTrace();
        recording.start();
    }

    /** What was forced so far, in order; stops recording. */
    public List<Path> stop() throws IOException {
        recording.stop();
        Path file = Files.createTempFile("forced", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(FORCE))
                    .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                    .map(event -> Path.of(event.getString("path")))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    @Override
    public void close() {
        recording.close();
    }
}
