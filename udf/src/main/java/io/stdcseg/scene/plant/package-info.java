// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Trees, hedges and gardens. {@code plain} makes those of the sample clip. */
package io.stdcseg.scene.plant;
