// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

/** Where the boundaries are that the detail heads learn. */
public enum DetailRule {
    /** Between classes only: neither the picture's border nor that of ignored pixels counts. */
    CORRECTED,
    /** As the published code has it: ignored pixels are a class, and zeros surround the picture. */
    PUBLISHED
}
