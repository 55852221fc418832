// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import java.io.Serializable;

/** Opens the decoder that a stream needs. */
@FunctionalInterface
public interface DecoderFactory extends Serializable {

    /**
     * Opens a stream for reading from its beginning.
     *
     * @param onError whether damage ends decoding with an error, or is left out
     * @throws io.stdcseg.error.InputException if the stream cannot be read
     */
    FrameDecoder open(PlannedStream stream, OnError onError);
}
