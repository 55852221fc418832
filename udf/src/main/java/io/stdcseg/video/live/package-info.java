// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Live streams to frames: addresses, connections that come back, clocks, frames left out. */
package io.stdcseg.video.live;
