// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** The commands of scripts/stdc. */
package io.stdcseg.job.cli;
