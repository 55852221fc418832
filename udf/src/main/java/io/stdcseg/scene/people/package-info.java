// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** People on foot and on bicycles. {@code plain} makes those of the sample clip. */
package io.stdcseg.scene.people;
