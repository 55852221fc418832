// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.weights;

import io.stdcseg.frame.NetworkInfo;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * News of weights for reports: that a subtask changed to others, or that a file was refused.
 *
 * @param checkpoint at whose barrier they were taken; 0 where they were refused
 * @param file as the user named it
 * @param sha256 of its bytes, in hexadecimal
 * @param network that makes the masks from there on; null where they were refused
 * @param refusal why, in one line; null where they were taken
 */
public record WeightsNews(
        long checkpoint, String file, String sha256, NetworkInfo network, String refusal)
        implements Serializable {

    /** Weights were taken at a checkpoint's barrier. */
    public static WeightsNews taken(long checkpoint, KeptWeights weights, NetworkInfo network) {
        return new WeightsNews(checkpoint, weights.file(), weights.sha256(), network, null);
    }

    /** Weights were refused; what ran before goes on. */
    public static WeightsNews refused(KeptWeights weights, String why) {
        return new WeightsNews(0, weights.file(), weights.sha256(), null, why);
    }

    /** The same whichever machine tells it. */
    public WeightsNews withoutNetwork() {
        return new WeightsNews(checkpoint, file, sha256, null, refusal);
    }

    /** What reports say of it: plain values by name. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", file);
        map.put("sha256", sha256);
        if (refusal == null) {
            map.put("checkpoint", checkpoint);
        } else {
            map.put("reason", refusal);
        }
        return map;
    }
}
