// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

/** Agreement of two masks, as tests of precisions ask for it. */
final class MaskAgreement {

    private MaskAgreement() {}

    /** Share of the pixels that have the same class in both, 0 to 1. */
    static double of(byte[] a, byte[] b) {
        int same = 0;
        for (int i = 0; i < a.length; i++) {
            same += a[i] == b[i] ? 1 : 0;
        }
        return same / (double) a.length;
    }
}
