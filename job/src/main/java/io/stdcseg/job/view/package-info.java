// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0

/** A folder of results, served to browsers on this machine. */
package io.stdcseg.job.view;
