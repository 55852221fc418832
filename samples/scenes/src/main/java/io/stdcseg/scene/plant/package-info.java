// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Trees, hedges and gardens. */
package io.stdcseg.scene.plant;
