// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** What flows through the job: frames, markers, their pixels' memory, and their Flink types. */
package io.stdcseg.frame;
