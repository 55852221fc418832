// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Weights that come with some builds and not with others. */
public final class BuildWeights {

    private BuildWeights() {}

    /** The calling test is skipped where no weights of STDC2 come with this build. */
    public static void requireStdc2() {
        assumeTrue(
                BuildWeights.class.getResource("/io/stdcseg/weights/stdc2.safetensors") != null,
                "skipped: this build has no weights for stdc2");
    }
}
