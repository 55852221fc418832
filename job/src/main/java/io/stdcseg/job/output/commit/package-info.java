// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** What writers hand to committers, and when those may publish it. */
package io.stdcseg.job.output.commit;
