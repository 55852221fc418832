// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

/** An item was not worked on because its {@link MicroBatcher} was closed first. */
public final class BatcherClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    BatcherClosedException(String name) {
        super("batcher " + name + " was closed before the item's batch began");
    }
}
