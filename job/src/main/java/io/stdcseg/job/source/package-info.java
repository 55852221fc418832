// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** The video source of Flink's new source interface. */
package io.stdcseg.job.source;
