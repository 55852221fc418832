// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.label.LabelSet;
import io.stdcseg.video.MaskFileWriter;

/** Which ids mask pictures hold. */
public enum MaskIds {
    /** A class's place in the label set, as everything here counts. */
    TRAIN,
    /** What the label set's own label files hold, as servers of data sets take it. */
    LABEL;

    /** Writes masks that hold train ids with these; whoever asks closes it. */
    public MaskFileWriter writer(LabelSet labels) {
        return this == TRAIN ? new MaskFileWriter() : new MaskFileWriter(labels.idsByTrainId());
    }
}
