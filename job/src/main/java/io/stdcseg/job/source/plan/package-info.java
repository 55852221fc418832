// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** From what users give as sources to streams that can be read. */
package io.stdcseg.job.source.plan;
