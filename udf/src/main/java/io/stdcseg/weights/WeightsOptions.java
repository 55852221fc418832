// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;

/**
 * What the user says of weights, where it shall not be what the file says.
 *
 * @param model variant and scale, or null
 * @param labels of the classes, or null; their number must be the network's
 * @param scale before the network, or null; wins over the model's
 */
public record WeightsOptions(PublishedModel model, LabelSet labels, InputScale scale) {

    /** Everything as the file says. */
    public static final WeightsOptions NONE = new WeightsOptions(null, null, null);
}
