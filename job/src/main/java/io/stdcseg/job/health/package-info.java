// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Whether jobs of a cluster get on: asked of Flink's REST interface, told to probes. */
package io.stdcseg.job.health;
