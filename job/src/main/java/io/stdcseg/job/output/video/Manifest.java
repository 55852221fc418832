// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Manifest of a stream in the committer's state: its first segments, without a gap, which stand in
 * {@link ManifestPages}; as large for a day of video as for a minute.
 *
 * @param page the last page, as a path below the output folder; null if there is none
 * @param pages how many there are
 * @param range number of the first range that they do not hold all of
 * @param frames how many frames of that range they hold
 */
record Manifest(String page, int pages, int range, long frames) {

    static final Manifest EMPTY = new Manifest(null, 0, 0, 0);

    void write(DataOutputView out) throws IOException {
        out.writeUTF(page == null ? "" : page);
        out.writeInt(pages);
        out.writeInt(range);
        out.writeLong(frames);
    }

    static Manifest read(DataInputView in) throws IOException {
        String page = in.readUTF();
        return new Manifest(
                page.isEmpty() ? null : page, in.readInt(), in.readInt(), in.readLong());
    }
}
