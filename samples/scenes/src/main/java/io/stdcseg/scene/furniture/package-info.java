// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** What a council, and everybody else, puts on a pavement. */
package io.stdcseg.scene.furniture;
