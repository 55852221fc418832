// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** The output folder: its layout, who may write into it, what earlier runs left there. */
package io.stdcseg.job.output;
