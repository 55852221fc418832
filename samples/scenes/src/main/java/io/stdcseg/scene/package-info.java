// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Rendered, labelled street video: the sample clip, and whatever needs labels without end. */
package io.stdcseg.scene;
