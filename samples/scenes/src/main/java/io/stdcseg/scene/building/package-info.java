// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Houses and what walls them in. */
package io.stdcseg.scene.building;
