// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What every command's process needs: its progress, its temporary folders, a tidy end, a fast
 * start.
 */
package io.stdcseg.job.process;
