// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** People on foot and on bicycles. */
package io.stdcseg.scene.people;
