// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** The operators that compare masks with labels and with each other, and roll the scores up. */
package io.stdcseg.function.score;
