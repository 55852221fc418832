// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Decoded frames in another pixel format, size, matrix, range or orientation. */
package io.stdcseg.video.convert;
