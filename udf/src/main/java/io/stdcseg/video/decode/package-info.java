// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Video files to frames in the order they are shown. */
package io.stdcseg.video.decode;
