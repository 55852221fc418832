// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Dynamic batching: groups single items of many callers into batches. */
package io.stdcseg.batch;
