// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Which engine and precision a machine gets, tried in a process that may crash. */
package io.stdcseg.engine.choice;
