// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** What drives or is parked. */
package io.stdcseg.scene.vehicle;
