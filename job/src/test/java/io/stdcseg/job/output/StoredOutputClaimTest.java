// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.testing.FolderStore;
import java.nio.file.Path;
import java.time.Duration;

/** The same in a store, which makes no file that only one can make. */
class StoredOutputClaimTest extends OutputClaimTest {

    @Override
    protected Path root() {
        return FolderStore.of(output);
    }

    @Override
    protected Duration forever() {
        return Duration.ofSeconds(1);
    }

    /** Jobs that wait for each other for a fifth of it, on a busy machine. */
    @Override
    protected Duration patience() {
        return Duration.ofSeconds(5);
    }
}
