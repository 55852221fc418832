// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Entry of a playlist: one segment.
 *
 * @param file name of its media, in the playlist's folder
 * @param header what tells the header that it goes with from others
 * @param seconds how long it is shown
 * @param discontinuity whether it does not go on from the one before: time between them is missing,
 *     or the pictures are coded differently
 * @param shownAtMillis when its first picture was taken, in milliseconds since 1970; negative where
 *     the stream has no such time
 * @param weights that made its masks: SHA-256 of their file; null where they are the whole run's
 */
record PlaylistEntry(
        String file,
        String header,
        double seconds,
        boolean discontinuity,
        long shownAtMillis,
        String weights) {

    void write(DataOutputView out) throws IOException {
        out.writeUTF(file);
        out.writeUTF(header);
        out.writeDouble(seconds);
        out.writeBoolean(discontinuity);
        out.writeLong(shownAtMillis);
        out.writeBoolean(weights != null);
        if (weights != null) {
            out.writeUTF(weights);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param hasWeights whether it did so since weights can change
     */
    static PlaylistEntry read(DataInputView in, boolean hasWeights) throws IOException {
        return new PlaylistEntry(
                in.readUTF(),
                in.readUTF(),
                in.readDouble(),
                in.readBoolean(),
                in.readLong(),
                hasWeights && in.readBoolean() ? in.readUTF() : null);
    }
}
