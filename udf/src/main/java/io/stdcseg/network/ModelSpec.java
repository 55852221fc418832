// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

import io.stdcseg.error.InputException;
import java.io.Serializable;

/**
 * Specification of a network: everything that decides the shapes of its weights.
 *
 * @param variant the backbone
 * @param classes train ids that the network tells apart, 2 to 255 (a mask holds one byte per pixel
 *     and 255 is kept for ignored pixels)
 */
public record ModelSpec(Variant variant, int classes) implements Serializable {

    public ModelSpec {
        if (classes < 2 || classes > 255) {
            throw new InputException(classes + " classes: a network has 2 to 255");
        }
    }
}
