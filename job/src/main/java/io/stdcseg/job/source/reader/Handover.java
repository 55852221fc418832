// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.job.source.split.Progress;
import java.util.List;

/**
 * What the decoding thread hands to the task's thread at a time: elements that are emitted
 * together, and how far the split is read once they are.
 */
record Handover(List<FrameElement> elements, Progress reached) {

    /** Gives back the pixels of what will not be emitted. */
    void release() {
        for (FrameElement element : elements) {
            if (element instanceof Frame frame) {
                frame.close();
            }
        }
    }
}
