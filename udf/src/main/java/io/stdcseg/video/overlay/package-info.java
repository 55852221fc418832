// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Classes drawn over pictures in their colours. */
package io.stdcseg.video.overlay;
