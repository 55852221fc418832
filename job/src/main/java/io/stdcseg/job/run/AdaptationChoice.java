// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.function.segment.Adaptation;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.source.plan.SourceSpec;
import java.util.Set;

/**
 * Choice of the streams whose heights follow the load: of {@code --adapt}, those that would leave
 * frames out. Nobody waits for those of files.
 */
final class AdaptationChoice {

    private AdaptationChoice() {}

    /**
     * Chooses.
     *
     * @throws InputException if there is no such stream, or the weights have one height only
     */
    static Adaptation of(SegmentSettings settings, SourceSpec sources, SegmenterOptions segmenter) {
        if (!settings.adapt()) {
            return Adaptation.NONE;
        }
        Set<String> streams = sources.hurriedNames();
        if (streams.isEmpty()) {
            throw new InputException(
                    "--adapt needs a live source that does not wait, as rtsp:// or udp://; none is"
                            + " given");
        }
        if (SegmenterWeights.torchScript(segmenter).isPresent()) {
            throw new InputException(
                    "--adapt with weights "
                            + segmenter.weights()
                            + ": TorchScript has its scale built in; other weights are allowed");
        }
        return new Adaptation(streams, settings.live().lag());
    }
}
