// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** What Flink SQL gets: functions that segment and score, and tables of video. */
package io.stdcseg.job.sql;
